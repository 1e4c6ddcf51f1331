<?cs # frame: app ?>
<?cs # Staff invite a partner: Form, Opportunity.Href. ?>
<?cs call:head() ?>
<form action="<?cs var:Opportunity.Href ?>/share" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("who", "{{Who is invited}}") ?><div class="fw-fields">
<?cs call:field_select(Form.F.partner_id, "fw-f4", "", "{{Choose…}}") ?>
<?cs call:field(Form.F.days, "fw-f2", "", "off") ?>
<?cs call:field_select(Form.F.role, "fw-f3", "", "") ?>
<?cs call:field_select(Form.F.level, "fw-f3", "", "") ?>
<div class="fw-f6"><?cs call:field_check(Form.F.sees_others, "{{Otherwise it learns nothing of them, nor they of it.}}") ?></div>
</div><?cs call:card_end() ?>
<?cs call:card_begin("says", "{{What the invitation says}}") ?><p class="fw-2">{{Until it is accepted the partner sees this and nothing else.}}</p><div class="fw-fields">
<?cs call:field(Form.F.title, "fw-f6", "{{Shown before it is accepted: leave out what is not to be known yet.}}", "off") ?>
<div class="fw-f6"><?cs call:field_check(Form.F.show_customer, "{{Otherwise its country alone is named.}}") ?></div>
<?cs call:field_rows(Form.F.message, "fw-f6", "", "3") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Invite}}", "send", "", "primary") ?><?cs call:button_link(Opportunity.Href, "{{Cancel}}", "", "normal") ?><?cs call:savebar_end("{{Notes for the vendor alone are never shared.}}") ?>
</form>
