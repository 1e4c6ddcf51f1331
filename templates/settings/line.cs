<?cs # frame: app ?>
<?cs # A product line: Line.{IsNew,Action}, Form.F.{code,row_version,name_en,name_zh,sort,active} ?>
<?cs call:head() ?>
<form action="<?cs var:Line.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Line.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("line", "{{The product line}}") ?><div class="fw-fields">
<?cs if:Line.IsNew ?><?cs call:field(Form.F.code, "fw-f2", "{{Small letters, digits and hyphens; it stays as it is.}}", "off") ?><?cs /if ?>
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?><?cs call:field_check(Form.F.active, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
