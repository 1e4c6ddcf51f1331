<?cs # frame: app ?>
<?cs # A new announcement: Form.F. ?>
<?cs call:head() ?>
<form action="/staff/announcements/desk/new" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:announcement_cards(Form.F) ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save as a draft}}", "check", "", "primary") ?><?cs call:savebar_end("{{Nobody sees a draft but staff.}}") ?>
</form>
