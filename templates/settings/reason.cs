<?cs # frame: app ?>
<?cs # A reason of decisions: Reason.{IsNew,Action}, Form.F.{use_for,row_version,text_en,text_zh,sort,active} ?>
<?cs call:head() ?>
<form action="<?cs var:Reason.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs if:!Reason.IsNew ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?><?cs /if ?>
<?cs call:card_begin("reason", "{{The reason}}") ?><div class="fw-fields">
<?cs if:Reason.IsNew ?><?cs call:field_select(Form.F.use_for, "fw-f6", "", "") ?><?cs /if ?>
<?cs call:field(Form.F.text_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.text_zh, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.sort, "fw-f2", "{{Smaller numbers come first.}}", "off") ?><?cs call:field_check(Form.F.active, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Other words count for what was decided before, too.}}") ?>
</form>
