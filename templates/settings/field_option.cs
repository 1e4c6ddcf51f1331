<?cs # frame: app ?>
<?cs # What a field of the vendor's own offers: Option.{IsNew,Action}, Form.F.{code,row_version,name_en,name_zh,sort,active} ?>
<?cs call:head() ?>
<form action="<?cs var:Option.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Option.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("choice", "{{The choice}}") ?><div class="fw-fields">
<?cs if:Option.IsNew ?><?cs call:field(Form.F.code, "fw-f2", "{{Small letters, digits and underscores; it stays as it is.}}", "off") ?><?cs /if ?>
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?><?cs call:field_check(Form.F.active, "{{Records that have it keep it when it is off.}}") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
