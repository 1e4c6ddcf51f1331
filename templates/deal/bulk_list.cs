<?cs # frame: app ?>
<?cs # One list: Bulk.{Href,Runs,Checks,Done,Most,Progress,Dropped,Stopped,MayChoose,HasGood,Submit,Draft,Sentence,First,Next}, Bulk.Refused.{Csv,Xlsx}, Bulk.Stats.n, Bulk.Chips.n, Bulk.Rows.n.{Line,Company,Products,Value,Status,Number,NumberHref,Own,OwnHref,Look,Failed,Says}, .Faults.n.{Column,Typed,Text}; Form of deal_version_form. ?>
<?cs include:"layout/form.cs" ?>
<?cs include:"layout/record.cs" ?>
<?cs call:head_begin() ?>
<?cs if:!Bulk.Runs ?><?cs call:button_link("/partner/deals/bulk", "{{Another file}}", "upload", "normal") ?><?cs /if ?>
<?cs if:Bulk.Refused.Csv ?><a class="btn fw-btn" href="<?cs var:Bulk.Refused.Xlsx ?>" download><?cs call:icon("table-export") ?>{{Rows with faults, XLSX}}</a><a class="btn fw-btn" href="<?cs var:Bulk.Refused.Csv ?>" download><?cs call:icon("download") ?>{{Rows with faults, CSV}}</a><?cs /if ?>
<?cs call:head_end() ?>
<?cs if:Bulk.Runs ?>
<div class="fw-stack" id="bulk-job" hx-get="<?cs var:Bulk.Href ?>" hx-trigger="every 2s" hx-target="#main" hx-swap="innerHTML">
<section class="card" aria-labelledby="job-h"><div class="fw-card-h"><h2 class="fw-h2" id="job-h"><?cs if:Bulk.Checks ?>{{Each row is checked}}<?cs else ?>{{Each row is sent}}<?cs /if ?></h2></div><div class="fw-card-b"><p class="fw-b tnum"><?cs var:Bulk.Progress ?></p><progress class="fw-progress" data-tone="active" value="<?cs var:Bulk.Done ?>" max="<?cs var:Bulk.Most ?>" aria-label="<?cs var:Bulk.Progress ?>"></progress></div><div class="fw-card-f"><a href="<?cs var:Bulk.Href ?>">{{Reload}}</a></div></section>
<?cs if:Bulk.Checks ?><?cs call:note("neutral", "{{You may leave this page. The check goes on, and the list waits under “Your last lists”.}}") ?><?cs else ?><?cs call:note("neutral", "{{You may leave this page. The rows are sent all the same, and a notification tells you when it is done.}}") ?><?cs /if ?>
</div>
<?cs elif:Bulk.Dropped ?>
<section class="card" aria-label="{{Cancelled}}"><?cs call:empty("x", "{{This list was cancelled}}", "{{Nothing of it was kept.}}", "/partner/deals/bulk", "{{Another file}}") ?></section>
<?cs else ?>
<?cs if:Bulk.Stopped ?><div class="mb-4"><?cs call:note("bad", "{{Stopped: who sent this list may no longer register deals. What was made before stays.}}") ?></div><?cs /if ?>
<div class="fw-grid4 mb-4"><?cs each:one = Bulk.Stats ?><?cs call:stat(one) ?><?cs /each ?></div>
<div class="mb-3"><?cs call:chips(Bulk.Chips, "{{Rows}}") ?></div>
<form action="<?cs var:Bulk.Href ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<section class="card" aria-label="{{Rows of the file}}"><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Rows of the file}}</caption><thead><tr><th scope="col">{{Row and customer}}</th><th scope="col">{{Product line}}</th><th scope="col" class="num">{{Estimated value}}</th><th scope="col">{{Check}}</th><th scope="col">{{What to do}}</th></tr></thead><tbody>
<?cs each:row = Bulk.Rows ?><tr id="row-<?cs var:row.Line ?>"><th scope="row"><span><span class="fw-2 tnum"><?cs var:row.Line ?></span> <?cs if:row.Company ?><?cs var:row.Company ?><?cs else ?><span class="fw-2">{{No company}}</span><?cs /if ?></span></th><td data-label="{{Product line}}"><?cs var:row.Products ?></td><td class="num" data-label="{{Estimated value}}"><?cs var:row.Value ?></td><td data-label="{{Check}}"><?cs call:status(row.Status) ?></td><td<?cs if:row.Says ?> data-label="{{What to do}}"<?cs else ?> class="fw-hide-s"<?cs /if ?>><?cs if:subcount(row.Faults) ?><ul class="list-unstyled m-0 text-start"><?cs each:fault = row.Faults ?><li class="fw-err m-0"><?cs call:icon_s("alert-circle") ?><span><?cs if:fault.Typed ?>{{%1$s “%2$s”: %3$s|fault.Column|fault.Typed|fault.Text}}<?cs else ?>{{%1$s: %2$s|fault.Column|fault.Text}}<?cs /if ?></span></li><?cs /each ?></ul><?cs elif:row.Failed ?><span class="fw-err m-0"><?cs call:icon_s("alert-circle") ?><span><?cs var:row.Failed ?></span></span><?cs elif:row.Number ?><a class="fw-id" href="<?cs var:row.NumberHref ?>"><?cs var:row.Number ?></a><?cs else ?><?cs if:row.Own ?><span>{{You have this customer registered:}} <a class="fw-id" href="<?cs var:row.OwnHref ?>"><?cs var:row.Own ?></a></span><?cs elif:row.Look ?><span>{{This customer may already be registered. You can submit; a person decides.}}</span><?cs /if ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table>
<?cs if:Bulk.First || Bulk.Next ?><div class="fw-card-f fw-row fw-between"><span><?cs if:Bulk.First ?><a class="btn fw-btn btn-sm" href="<?cs var:Bulk.First ?>"><?cs call:icon("chevrons-up") ?>{{First rows}}</a><?cs /if ?></span><span><?cs if:Bulk.Next ?><a class="btn fw-btn btn-sm" href="<?cs var:Bulk.Next ?>">{{Next}}<?cs call:icon("chevron-right") ?></a><?cs /if ?></span></div><?cs /if ?></section>
<?cs if:Bulk.MayChoose ?><?cs call:savebar_begin() ?><?cs if:Bulk.HasGood ?><?cs call:submit(Bulk.Submit, "send", "submit", "primary") ?><?cs call:submit(Bulk.Draft, "pencil", "draft", "normal") ?><?cs /if ?><?cs call:submit("{{Cancel this list}}", "x", "cancel", "text") ?><?cs call:savebar_end(Bulk.Sentence) ?><?cs /if ?>
</form>
<?cs /if ?>
