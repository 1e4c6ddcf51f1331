<?cs # frame: app ?>
<?cs # One automatic rule with its trial: values in layout/rules.cs, Form of deal.rule ?>
<?cs call:head() ?>
<form action="<?cs var:Rule.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<div class="fw-cols fw-cols-w"><div class="fw-stack">
<?cs call:rule_names() ?>
<?cs call:rule_conditions_form() ?>
<?cs call:card_begin("then", "{{Outcome}}") ?><div class="fw-fields"><?cs call:field_select(Form.F.outcome, "fw-f3", "", "{{Choose}}") ?><?cs call:field_select(Form.F.reason_code, "fw-f3", "{{Of a rejection; the partner reads it.}}", "{{none}}") ?><?cs call:field_select(Form.F.assign_user_id, "fw-f3", "{{Who gets it.}}", "{{whoever has least to do}}") ?><?cs call:field_select(Form.F.assign_department_id, "fw-f3", "{{Of whose people.}}", "{{the registration’s own}}") ?></div><?cs call:card_end() ?>
</div><div class="fw-stack"><?cs call:rule_trial(Rule.Trial) ?></div></div>
<?cs call:rule_save() ?>
</form>
