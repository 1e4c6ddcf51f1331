<?cs # frame: app ?>
<?cs # A home page.  Reads Home.Actions.n.{Label,Href,Icon,Posts,Primary}; Home.Main.n and Home.Side.n: Id, Title, Count,
     Order, and what the card has: Work (see work()), Waiting.n.{Number,Href,Company,Status,Submitted,Next,With},
     Bars.n.{Tone,Title,Href,Text,Label,Value,Max}, Facts.n.{Label,Value}, Chart and Months, Empty.{Icon,Title,Text},
     Links.n.{Label,Href}. ?>
<?cs include:"layout/chart.cs" ?>
<?cs include:"layout/record.cs" ?>
<?cs def:home_waiting(w) ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Registrations that wait for a decision}}</caption><thead><tr><th scope="col">{{Registration}}</th><th scope="col">{{Status}}</th><th scope="col">{{Submitted}}</th><th scope="col">{{Decision clock}}</th><th scope="col">{{With}}</th></tr></thead><tbody><?cs each:row = w ?><tr><th scope="row"><span><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><br><?cs var:row.Company ?></span></th><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td><td data-label="{{Submitted}}"><?cs var:row.Submitted ?></td><td data-label="{{Decision clock}}"><?cs if:row.Next.Text ?><?cs call:clock(row.Next) ?><?cs else ?>–<?cs /if ?></td><td data-label="{{With}}"><?cs if:row.With ?><?cs var:row.With ?><?cs else ?><span class="fw-2">{{the queue}}</span><?cs /if ?></td></tr><?cs /each ?></tbody></table><?cs /def ?>
<?cs def:home_bars(b) ?><ul class="list-unstyled m-0 fw-bars"><?cs each:row = b ?><li><div class="fw-row fw-between"><?cs if:row.Href ?><a href="<?cs var:row.Href ?>"><?cs var:row.Title ?></a><?cs else ?><span><?cs var:row.Title ?></span><?cs /if ?><span class="fw-b tnum fw-nowrap"><?cs var:row.Text ?></span></div><progress class="fw-progress" data-tone="<?cs var:row.Tone ?>" value="<?cs var:row.Value ?>" max="<?cs var:row.Max ?>" aria-label="<?cs var:row.Label ?>"></progress></li><?cs /each ?></ul><?cs /def ?>
<?cs def:home_months(m) ?><table class="fw-table fw-table-s"><caption class="visually-hidden">{{Registrations by month}}</caption><thead><tr><th scope="col">{{Month}}</th><th scope="col" class="num">{{Submitted}}</th><th scope="col" class="num">{{Approved}}</th><th scope="col" class="num">{{Median time}}</th></tr></thead><tbody><?cs each:month = m ?><tr><th scope="row" class="fw-nowrap"><?cs var:month.Month ?></th><td class="num"><?cs var:month.Submitted ?></td><td class="num"><?cs var:month.Approved ?></td><td class="num fw-nowrap"><?cs var:month.Median ?></td></tr><?cs /each ?></tbody></table><?cs /def ?>
<?cs def:home_links(l, class) ?><div class="<?cs var:class ?>"><ul class="fw-links"><?cs each:link = l ?><li><a href="<?cs var:link.Href ?>"><?cs var:link.Label ?></a></li><?cs /each ?></ul></div><?cs /def ?>
<?cs def:home_card(c) ?><section class="card" aria-labelledby="<?cs var:c.Id ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:c.Id ?>-h"><?cs var:c.Title ?><?cs if:c.Count ?> <?cs call:count(c.Count) ?><?cs /if ?></h2><?cs if:c.Order ?><span class="fw-s fw-2"><?cs var:c.Order ?></span><?cs /if ?></div>
<?cs set:has_body = "" ?>
<?cs if:subcount(c.Work) ?><?cs call:work(c.Work) ?><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:subcount(c.Waiting) ?><?cs call:home_waiting(c.Waiting) ?><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:subcount(c.Bars) ?><div class="fw-card-b"><?cs call:home_bars(c.Bars) ?></div><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:subcount(c.Facts) ?><div class="fw-card-b"><dl class="fw-dl"><?cs each:fact = c.Facts ?><?cs call:dl_row(fact.Label, fact.Value) ?><?cs /each ?></dl></div><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:subcount(c.Months) ?><div class="fw-card-b"><div class="fw-cols fw-cols-fit"><?cs call:chart_columns(c.Chart) ?><?cs call:home_months(c.Months) ?></div></div><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:c.Empty.Title ?><div class="fw-empty"><?cs call:icon(c.Empty.Icon) ?><h3><?cs var:c.Empty.Title ?></h3><p><?cs var:c.Empty.Text ?></p></div><?cs set:has_body = "1" ?><?cs /if ?>
<?cs if:subcount(c.Links) ?><?cs if:has_body ?><?cs call:home_links(c.Links, "fw-card-f") ?><?cs else ?><?cs call:home_links(c.Links, "fw-card-b") ?><?cs /if ?><?cs /if ?>
</section><?cs /def ?>
<?cs call:head_begin() ?><?cs each:action = Home.Actions ?><?cs if:action.Posts ?><form action="<?cs var:action.Href ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="<?cs if:action.Primary ?>btn btn-primary<?cs else ?>btn fw-btn<?cs /if ?>" type="submit"><?cs call:icon(action.Icon) ?><?cs var:action.Label ?></button></form><?cs elif:action.Primary ?><?cs call:button_link(action.Href, action.Label, action.Icon, "primary") ?><?cs else ?><?cs call:button_link(action.Href, action.Label, action.Icon, "normal") ?><?cs /if ?><?cs /each ?><?cs call:head_end() ?>
<div class="fw-cols fw-cols-r">
<div class="fw-stack"><?cs each:card = Home.Main ?><?cs call:home_card(card) ?><?cs /each ?></div>
<div class="fw-stack"><?cs each:card = Home.Side ?><?cs call:home_card(card) ?><?cs /each ?></div>
</div>
