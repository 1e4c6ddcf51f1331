<?cs # frame: app ?>
<?cs # A report is written: Report.{Action,Back,Delete,Set}, Report.Columns|Filters|Groups|Figures.n.N, Report.Words.n.{Label,Words};
     Form of report_form ?>
<?cs def:report_filter(n) ?><div class="fw-fields"><?cs call:field(Form.F["filter" + n], "fw-f2", "", "") ?><?cs call:field(Form.F["op" + n], "fw-f2", "", "") ?><?cs call:field(Form.F["value" + n], "fw-f2", "", "off") ?></div><?cs /def ?>
<?cs call:head_begin() ?><?cs if:Report.Delete ?><?cs call:button_link(Report.Delete, "{{Delete}}", "trash", "normal") ?><?cs /if ?><?cs call:head_end() ?>
<form action="<?cs var:Report.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("what", "{{What it is called}}") ?><div class="fw-fields"><?cs call:field(Form.F.name, "fw-f6", "", "off") ?><?cs call:field_rows(Form.F.description, "fw-f6", "", "2") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("filters", "{{Which records}}") ?><div class="fw-stack"><?cs each:row = Report.Filters ?><?cs call:report_filter(row.N) ?><?cs /each ?>
<p class="fw-s fw-2 m-0">{{All filters hold together. Dates are written year-month-day, countries by name or two letters.}}</p>
<?cs if:subcount(Report.Words) ?><details><summary>{{Words that these fields take}}</summary><dl class="fw-dl"><?cs each:one = Report.Words ?><?cs call:dl_row(one.Label, one.Words) ?><?cs /each ?></dl></details><?cs /if ?></div><?cs call:card_end() ?>
<?cs call:card_begin("groups", "{{Groups and figures}}") ?><div class="fw-stack"><p class="fw-s fw-2 m-0">{{With a group there is a row a group, with its figures; without one a row a record, with the columns below.}}</p><div class="fw-fields"><?cs each:row = Report.Groups ?><?cs call:field(Form.F["group" + row.N], "fw-f3", "", "") ?><?cs call:field(Form.F["span" + row.N], "fw-f3", "", "") ?><?cs /each ?><?cs each:row = Report.Figures ?><?cs call:field(Form.F["figure" + row.N], "fw-f2", "", "") ?><?cs /each ?></div></div><?cs call:card_end() ?>
<?cs call:card_begin("columns", "{{Columns, from left to right}}") ?><div class="fw-fields"><?cs each:row = Report.Columns ?><?cs call:field(Form.F["column" + row.N], "fw-f2", "", "") ?><?cs /each ?></div><?cs call:card_end() ?>
<?cs call:card_begin("look", "{{Order and chart}}") ?><div class="fw-fields"><?cs call:field(Form.F.sort, "fw-f2", "", "") ?><?cs call:field(Form.F.order, "fw-f2", "", "") ?><?cs call:field(Form.F.chart, "fw-f2", "", "") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("share", "{{Who may see it}}") ?><div class="fw-fields"><?cs call:field_radio(Form.F.share, "fw-f6", "{{Whoever opens it sees the records that this person may see, not those that you may.}}") ?><?cs call:field_checks(Form.F.roles, "fw-f6", "") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save and show}}", "check", "", "primary") ?><?cs call:button_link(Report.Back, "{{Cancel}}", "", "text") ?><?cs call:savebar_end("") ?>
</form>
