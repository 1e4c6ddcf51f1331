<?cs # frame: app ?>
<?cs # A file of registrations: Form of deal_bulk_form; Bulk.{Limits}, Bulk.Columns.n.{Heading,Takes,Needed}, Bulk.Last.n.{Href,File,Who,At,Rows,Status}. ?>
<?cs def:template(ending, kind) ?><li><a href="/partner/deals/bulk/template.<?cs var:ending ?>?headings=en" hreflang="en" download>{{%s, English headings|kind}}</a></li><li><a href="/partner/deals/bulk/template.<?cs var:ending ?>?headings=zh" hreflang="zh-CN" download>{{%s, Chinese headings|kind}}</a></li><?cs /def ?>
<?cs call:head() ?>
<div class="fw-cols fw-cols-w"><div class="fw-stack">
<?cs call:card_begin("send", "{{Upload a list}}") ?><form action="/partner/deals/bulk" method="post" enctype="multipart/form-data" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<div class="fw-fields"><?cs call:field_file(Form.F.file, "fw-f6", Bulk.Limits, ".xlsx,.csv,.tsv,.txt,text/csv") ?></div>
<div class="fw-row"><?cs call:submit("{{Upload and check}}", "upload", "", "primary") ?></div>
</form><?cs call:card_end() ?>
<section class="card" aria-labelledby="columns-h"><div class="fw-card-h"><h2 class="fw-h2" id="columns-h">{{What the columns take}}</h2></div>
<div class="fw-card-b"><p>{{The first line holds the headings, in any order; columns that you do not need may be missing. A second and third product line stand in “Product line 2”, “Quantity 2”, “Estimated value 2” and so on.}}</p></div>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{What the columns take}}</caption><thead><tr><th scope="col">{{Column}}</th><th scope="col">{{Takes}}</th></tr></thead><tbody><?cs each:row = Bulk.Columns ?><tr><th scope="row"><span><?cs var:row.Heading ?><?cs if:row.Needed ?><span class="fw-s fw-2"> {{(needed)}}</span><?cs /if ?></span></th><td data-label="{{Takes}}"><?cs if:row.Takes ?><?cs var:row.Takes ?><?cs else ?>{{Text}}<?cs /if ?></td></tr><?cs /each ?></tbody></table></section>
</div><div class="fw-stack">
<?cs call:card_begin("template", "{{Template}}") ?><p>{{An empty file with the headings. Fill it in and save it as XLSX or as “CSV UTF-8”; of a workbook the first visible sheet is read.}}</p><ul class="fw-links"><?cs call:template("xlsx", "XLSX") ?><?cs call:template("csv", "CSV") ?></ul><?cs call:card_end() ?>
<?cs if:subcount(Bulk.Last) ?><?cs call:card_table_begin("last", "{{Your last lists}}") ?><table class="fw-table"><caption class="visually-hidden">{{Your last lists}}</caption><thead><tr><th scope="col">{{File}}</th><th scope="col" class="num">{{Rows}}</th><th scope="col">{{Status}}</th></tr></thead><tbody><?cs each:row = Bulk.Last ?><tr><th scope="row"><span><a href="<?cs var:row.Href ?>"><?cs var:row.File ?></a><br><span class="fw-s fw-2"><?cs var:row.Who ?> · <?cs call:at(row.At) ?></span></span></th><td class="num"><?cs var:row.Rows ?></td><td><?cs call:status(row.Status) ?></td></tr><?cs /each ?></tbody></table><?cs call:card_table_end() ?><?cs /if ?>
</div></div>
