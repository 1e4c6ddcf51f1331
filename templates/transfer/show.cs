<?cs # frame: app ?>
<?cs # One import: Import.{Href,State,Message,Runs,Reads,Done,Most,Progress,MayChoose,MayUndo,HasTwins,HasMails,HasFaults,HasGood,All,Good,Sentence,First,Next}, Import.Faulty.{Csv,Xlsx}, Import.Chips.n, Import.Rows.n.{Line,Title,Href,Status,Twin,TwinName,TwinHref,Kept}, .Faults.n.{Column,Typed,Text}; Map.{Shown}, Map.Columns.n.{Head,Id,Value}, .Samples.n.Text, Map.Options.n.{Value,Label}; Form of the state's form. ?>
<?cs call:head_begin() ?>
<?cs if:!Import.Runs ?><?cs call:button_link("/staff/imports/new", "{{Another file}}", "upload", "normal") ?><?cs /if ?>
<?cs if:Import.Faulty.Csv ?><a class="btn fw-btn" href="<?cs var:Import.Faulty.Xlsx ?>" download><?cs call:icon("table-export") ?>{{Rows with faults, XLSX}}</a><a class="btn fw-btn" href="<?cs var:Import.Faulty.Csv ?>" download><?cs call:icon("download") ?>{{Rows with faults, CSV}}</a><?cs /if ?>
<?cs call:head_end() ?>
<?cs if:Map.Shown ?>
<form action="<?cs var:Import.Href ?>/map" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<section class="card" aria-labelledby="map-h"><div class="fw-card-h"><h2 class="fw-h2" id="map-h">{{Which column is what}}</h2></div>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{Which column is what}}</caption><thead><tr><th scope="col">{{Column of the file}}</th><th scope="col">{{First rows}}</th><th scope="col">{{Field}}</th></tr></thead><tbody>
<?cs each:column = Map.Columns ?><tr><th scope="row"><label for="<?cs var:column.Id ?>"><?cs if:column.Head ?><?cs var:column.Head ?><?cs else ?>{{(no heading)}}<?cs /if ?></label></th><td class="fw-s fw-2" data-label="{{First rows}}"><span><?cs each:sample = column.Samples ?><?cs if:sample.Text ?><?cs var:sample.Text ?><?cs else ?>–<?cs /if ?><br><?cs /each ?></span></td><td data-label="{{Field}}"><select class="form-select" id="<?cs var:column.Id ?>" name="column"><option value="">{{leave out}}</option><?cs each:option = Map.Options ?><option value="<?cs var:option.Value ?>"<?cs if:option.Value == column.Value ?> selected<?cs /if ?>><?cs var:option.Label ?></option><?cs /each ?></select></td></tr>
<?cs /each ?></tbody></table></section>
<?cs if:Form.Faults.Count ?><?cs each:fault = Form.Faults.Items ?><div class="fw-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:fault.Text ?></span></div><?cs /each ?><?cs /if ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Check the rows}}", "check", "map", "primary") ?><?cs call:submit("{{Cancel this import}}", "x", "drop", "text") ?><?cs call:savebar_end("{{Nothing is written yet.}}") ?>
</form>
<?cs elif:Import.Runs ?>
<div class="fw-stack" id="import-job" hx-get="<?cs var:Import.Href ?>" hx-trigger="every 2s" hx-target="#main" hx-swap="innerHTML">
<section class="card" aria-labelledby="job-h"><div class="fw-card-h"><h2 class="fw-h2" id="job-h"><?cs if:Import.State == "reading" ?>{{The file is read}}<?cs elif:Import.State == "checking" ?>{{Each row is checked}}<?cs elif:Import.State == "running" ?>{{Rows are written}}<?cs else ?>{{Records are taken back}}<?cs /if ?></h2></div><div class="fw-card-b"><p class="fw-b tnum"><?cs var:Import.Progress ?></p><?cs if:!Import.Reads ?><progress class="fw-progress" data-tone="active" value="<?cs var:Import.Done ?>" max="<?cs var:Import.Most ?>" aria-label="<?cs var:Import.Progress ?>"></progress><?cs /if ?></div><div class="fw-card-f"><a href="<?cs var:Import.Href ?>">{{Reload}}</a></div></section>
<?cs call:note("neutral", "{{You may leave this page; the work goes on. A notification tells you when it is written.}}") ?>
</div>
<?cs elif:Import.State == "dropped" ?>
<section class="card" aria-label="{{Cancelled}}"><?cs call:empty("x", "{{This import was cancelled}}", "{{Nothing of it was written.}}", "/staff/imports/new", "{{Another file}}") ?></section>
<?cs elif:Import.State == "refused" ?>
<section class="card" aria-label="{{Cannot be read}}"><?cs call:empty("alert-circle", "{{The file cannot be read}}", Import.Message, "/staff/imports/new", "{{Another file}}") ?></section>
<?cs else ?>
<?cs if:Import.State == "stopped" ?><div class="mb-4"><?cs call:note("bad", "{{Stopped: who started this import may no longer import such records. What was written before stays until it is taken back.}}") ?></div><?cs /if ?>
<div class="mb-3"><?cs call:chips(Import.Chips, "{{Rows}}") ?></div>
<form action="<?cs var:Import.Href ?>/<?cs if:Import.MayUndo ?>undo<?cs else ?>choose<?cs /if ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<section class="card" aria-label="{{Rows of the file}}"><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Rows of the file}}</caption><thead><tr><th scope="col">{{Row}}</th><th scope="col">{{State}}</th><th scope="col">{{What was found}}</th></tr></thead><tbody>
<?cs each:row = Import.Rows ?><tr><th scope="row"><span><span class="fw-2 tnum"><?cs var:row.Line ?></span> <?cs if:row.Href ?><a href="<?cs var:row.Href ?>"><?cs var:row.Title ?></a><?cs elif:row.Title ?><?cs var:row.Title ?><?cs else ?><span class="fw-2">{{(empty)}}</span><?cs /if ?></span></th><td data-label="{{State}}"><?cs call:status(row.Status) ?></td><td data-label="{{What was found}}"><span><?cs if:subcount(row.Faults) ?><?cs each:fault = row.Faults ?><span class="fw-err m-0"><?cs call:icon_s("alert-circle") ?><span><?cs if:fault.Typed ?>{{%1$s “%2$s”: %3$s|fault.Column|fault.Typed|fault.Text}}<?cs elif:fault.Column ?>{{%1$s: %2$s|fault.Column|fault.Text}}<?cs else ?><?cs var:fault.Text ?><?cs /if ?></span></span><?cs /each ?><?cs elif:row.Kept ?><?cs var:row.Kept ?><?cs elif:row.Twin ?><?cs var:row.Twin ?><?cs if:row.TwinHref ?><br><a href="<?cs var:row.TwinHref ?>"><?cs var:row.TwinName ?></a><?cs /if ?><?cs else ?>–<?cs /if ?></span></td></tr>
<?cs /each ?></tbody></table>
<?cs if:!subcount(Import.Rows) ?><div class="fw-card-b fw-2">{{No rows here.}}</div><?cs /if ?>
<?cs if:Import.First || Import.Next ?><div class="fw-card-f fw-row fw-between"><span><?cs if:Import.First ?><a class="btn fw-btn btn-sm" href="<?cs var:Import.First ?>"><?cs call:icon("chevrons-up") ?>{{First rows}}</a><?cs /if ?></span><span><?cs if:Import.Next ?><a class="btn fw-btn btn-sm" href="<?cs var:Import.Next ?>">{{Next}}<?cs call:icon("chevron-right") ?></a><?cs /if ?></span></div><?cs /if ?></section>
<?cs if:Import.MayChoose ?><?cs if:Import.HasTwins ?><div class="fw-fields mt-3"><?cs call:field_check(Form.F.twins, "") ?></div><?cs /if ?><?cs if:Import.HasMails && Import.HasGood ?><div class="fw-fields mt-3"><?cs call:field_check(Form.F.mails, "") ?></div><?cs /if ?><?cs call:savebar_begin() ?><?cs if:Import.HasGood ?><?cs if:Import.HasFaults ?><?cs call:submit(Import.Good, "upload", "good", "primary") ?><?cs else ?><?cs call:submit(Import.All, "upload", "all", "primary") ?><?cs /if ?><?cs /if ?><?cs call:submit("{{Cancel this import}}", "x", "drop", "text") ?><?cs call:savebar_end(Import.Sentence) ?>
<?cs elif:Import.MayUndo ?><?cs call:savebar_begin() ?><?cs call:submit("{{Take the import back}}", "arrow-back-up", "undo", "bad") ?><?cs call:savebar_end("{{Records that were changed or are used since are kept, and you see which and why.}}") ?><?cs /if ?>
</form>
<?cs /if ?>
