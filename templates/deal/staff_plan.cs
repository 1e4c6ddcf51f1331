<?cs # frame: app ?>
<?cs # One rule for steps of approval with its trial: values in layout/rules.cs, Form of deal.plan ?>
<?cs def:plan_step(title_en, title_zh, hours, need) ?><div class="fw-fields"><?cs call:field(title_en, "fw-f3", "{{The partner reads it before it submits.}}", "off") ?><?cs call:field(title_zh, "fw-f3", "{{Empty: the English one.}}", "off") ?><?cs call:field(hours, "fw-f3", "", "off") ?><?cs call:field_select(need, "fw-f3", "{{Of those who decide side by side.}}", "") ?></div><?cs /def ?>
<?cs call:head() ?>
<form action="<?cs var:Rule.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<div class="fw-cols fw-cols-w"><div class="fw-stack">
<?cs call:rule_names() ?>
<?cs call:card_begin("covers-card", "{{What it is for}}") ?><?cs call:field_select(Form.F.covers, "", "{{Of a change, the conditions ask what the registration would be. A value that grows within the bound is changed without steps while the rule asked for them before, too.}}", "") ?><?cs call:card_end() ?>
<?cs call:rule_conditions_form() ?>
<?cs call:card_begin("step1", "{{First step}}") ?><?cs call:plan_step(Form.F.step1_title_en, Form.F.step1_title_zh, Form.F.step1_hours, Form.F.step1_need) ?><div class="fw-fields mt-3"><?cs call:field_select(Form.F.step1_who1, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step1_who2, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step1_who3, "fw-f3", "", "{{nobody}}") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("step2", "{{Second step}}") ?><?cs call:plan_step(Form.F.step2_title_en, Form.F.step2_title_zh, Form.F.step2_hours, Form.F.step2_need) ?><div class="fw-fields mt-3"><?cs call:field_select(Form.F.step2_who1, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step2_who2, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step2_who3, "fw-f3", "", "{{nobody}}") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("step3", "{{Third step}}") ?><?cs call:plan_step(Form.F.step3_title_en, Form.F.step3_title_zh, Form.F.step3_hours, Form.F.step3_need) ?><div class="fw-fields mt-3"><?cs call:field_select(Form.F.step3_who1, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step3_who2, "fw-f3", "", "{{nobody}}") ?><?cs call:field_select(Form.F.step3_who3, "fw-f3", "", "{{nobody}}") ?></div><?cs call:card_end() ?>
</div><div class="fw-stack"><?cs call:rule_trial(Rule.Trial) ?></div></div>
<?cs call:rule_save() ?>
</form>
