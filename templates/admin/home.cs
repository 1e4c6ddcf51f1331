<?cs # frame: app ?>
<?cs # A home page.  Reads Home.Main.n and Home.Side.n: Id, Title, Rows.n.{Title,Href,Text,Status}, Facts.n.{Label,
     Value}, Links.n.{Label,Href}, Empty.{Icon,Title,Text}; Rows.n.Next is a clock, Chart and Months are figures. ?>
<?cs include:"layout/chart.cs" ?>
<?cs include:"layout/record.cs" ?>
<?cs def:home_card(c) ?><section class="card" aria-labelledby="<?cs var:c.Id ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:c.Id ?>-h"><?cs var:c.Title ?></h2></div>
<?cs if:subcount(c.Rows) ?><ul class="fw-list list-unstyled m-0"><?cs each:row = c.Rows ?><li class="fw-card-b fw-row fw-between"><span><a href="<?cs var:row.Href ?>"><?cs var:row.Title ?></a><?cs if:row.Text ?><br><span class="fw-s fw-2"><?cs var:row.Text ?></span><?cs /if ?></span><span class="fw-row"><?cs if:row.Next.Text ?><?cs call:clock(row.Next) ?><?cs /if ?><?cs if:row.Status.Label ?><?cs call:status(row.Status) ?><?cs /if ?></span></li><?cs /each ?></ul><?cs /if ?>
<?cs if:subcount(c.Facts) ?><div class="fw-card-b"><dl class="fw-dl"><?cs each:fact = c.Facts ?><?cs call:dl_row(fact.Label, fact.Value) ?><?cs /each ?></dl></div><?cs /if ?>
<?cs if:subcount(c.Months) ?><div class="fw-card-b"><div class="fw-cols fw-cols-half"><?cs call:chart_columns(c.Chart) ?><table class="fw-table"><caption class="visually-hidden">{{Registrations by month}}</caption><thead><tr><th scope="col">{{Month}}</th><th scope="col" class="num">{{Submitted}}</th><th scope="col" class="num">{{Approved}}</th><th scope="col" class="num">{{Median time}}</th></tr></thead><tbody><?cs each:month = c.Months ?><tr><th scope="row"><?cs var:month.Month ?></th><td class="num"><?cs var:month.Submitted ?></td><td class="num"><?cs var:month.Approved ?></td><td class="num"><?cs var:month.Median ?></td></tr><?cs /each ?></tbody></table></div></div><?cs /if ?>
<?cs if:c.Empty.Title ?><div class="fw-empty"><?cs call:icon(c.Empty.Icon) ?><h3><?cs var:c.Empty.Title ?></h3><p><?cs var:c.Empty.Text ?></p></div><?cs /if ?>
<?cs if:subcount(c.Links) ?><div class="fw-card-f"><ul class="fw-links"><?cs each:link = c.Links ?><li><a href="<?cs var:link.Href ?>"><?cs var:link.Label ?></a></li><?cs /each ?></ul></div><?cs /if ?>
</section><?cs /def ?>
<?cs call:head() ?>
<div class="fw-cols fw-cols-r">
<div class="fw-stack"><?cs each:card = Home.Main ?><?cs call:home_card(card) ?><?cs /each ?></div>
<div class="fw-stack"><?cs each:card = Home.Side ?><?cs call:home_card(card) ?><?cs /each ?></div>
</div>
