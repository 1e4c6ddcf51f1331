<?cs # frame: app ?>
<?cs # A file to import: Form of transfer_new_form; Import.{Set,Limits,Template,TemplateXlsx}, Import.Columns.n.{Heading,Takes,Needed}, Import.Sets.n.{Label,Href,Current}; without Import.Set the person may import nothing. ?>
<?cs call:head() ?>
<?cs if:Import.Set ?><div class="mb-3"><?cs call:chips(Import.Sets, "{{What is in it}}") ?></div><div class="fw-cols fw-cols-w"><div class="fw-stack">
<?cs call:card_begin("send", "{{Upload a file}}") ?><form action="/staff/imports/new" method="post" enctype="multipart/form-data" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<div class="fw-fields"><?cs call:field_select(Form.F.set, "fw-f3", "", "") ?><?cs call:field_file(Form.F.file, "fw-f6", Import.Limits, ".xlsx,.csv,.tsv,.txt,text/csv") ?></div>
<div class="fw-row"><?cs call:submit("{{Upload}}", "upload", "upload", "primary") ?></div>
</form><?cs call:card_end() ?>
<section class="card" aria-labelledby="columns-h"><div class="fw-card-h"><h2 class="fw-h2" id="columns-h">{{What the columns take}}</h2></div>
<div class="fw-card-b"><p>{{The first line holds headings, in any order and in any words: which column is what you choose next, and the choice is remembered for files with the same headings.}}</p></div>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{What the columns take}}</caption><thead><tr><th scope="col">{{Column}}</th><th scope="col">{{Takes}}</th></tr></thead><tbody><?cs each:row = Import.Columns ?><tr><th scope="row"><span><?cs var:row.Heading ?><?cs if:row.Needed ?><span class="fw-s fw-2"> {{(needed)}}</span><?cs /if ?></span></th><td data-label="{{Takes}}"><?cs if:row.Takes ?><?cs var:row.Takes ?><?cs else ?>{{Text}}<?cs /if ?></td></tr><?cs /each ?></tbody></table></section>
</div><div class="fw-stack">
<?cs call:card_begin("template", "{{Template}}") ?><p>{{An empty file with the headings. Fill it in and save it as XLSX or as “CSV UTF-8”; of a workbook the first visible sheet is read.}}</p><ul class="fw-links"><li><a href="<?cs var:Import.TemplateXlsx ?>" download>{{XLSX}}</a></li><li><a href="<?cs var:Import.Template ?>" download>{{CSV}}</a></li></ul><?cs call:card_end() ?>
</div></div>
<?cs else ?><section class="card"><?cs call:empty("lock", "{{Nothing that you may import}}", "{{A role with the permission to import a kind of record is needed.}}", "", "") ?></section><?cs /if ?>
