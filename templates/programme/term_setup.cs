<?cs # frame: app ?>
<?cs # The terms of a tier: Terms.{Action,Default.Text}; Form.F.{row_version,days_TYPE,discount_TYPE} ?>
<?cs call:head() ?>
<form action="<?cs var:Terms.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("terms", "{{Protection and deal discount}}") ?><p class="fw-2">{{Days that are left empty are the default, %1$s; without a discount there is none.|Terms.Default.Text}}</p><div class="fw-fields">
<?cs call:field(Form.F.days_new, "fw-f3", "", "off") ?><?cs call:field(Form.F.discount_new, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.days_expansion, "fw-f3", "", "off") ?><?cs call:field(Form.F.discount_expansion, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.days_renewal, "fw-f3", "", "off") ?><?cs call:field(Form.F.discount_renewal, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.days_displacement, "fw-f3", "", "off") ?><?cs call:field(Form.F.discount_displacement, "fw-f3", "", "off") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:savebar_end("{{It counts for approvals from now on.}}") ?>
</form>
