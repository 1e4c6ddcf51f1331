<?cs # frame: app ?>
<?cs # A new document with its first file: Form.F. ?>
<?cs call:head() ?>
<form action="/staff/library/new" method="post" enctype="multipart/form-data" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("facts", "{{The document}}") ?><div class="fw-fields">
<?cs call:document_fields(Form.F) ?>
<?cs call:field_file(Form.F.files, "fw-f6", "", "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save as a draft}}", "check", "", "primary") ?><?cs call:savebar_end("{{Nobody sees a draft but staff.}}") ?>
</form>
