<?cs # frame: app ?>
<?cs # The form of tests/web/serve/test_gates.c. ?>
<?cs include:"layout/form.cs" ?>
<?cs call:head() ?>
<form action="/partner/note" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<div class="fw-fields">
<?cs call:field(Form.F.email, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.number, "fw-f3", "", "off") ?>
</div>
</form>
