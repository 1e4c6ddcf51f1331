<?cs # frame: app ?>
<?cs # A task of an opportunity, new or changed: Task.{Href,IsStaff}; Form. ?>
<?cs call:head() ?>
<form action="<?cs var:Task.Href ?>/task" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("task", Form.F.task.Value) ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("task", "{{Task}}") ?><div class="fw-fields"><?cs call:field(Form.F.title, "fw-f6", "", "off") ?><?cs call:field(Form.F.due_on, "fw-f3", "", "off") ?><?cs call:field_select(Form.F.owner_user_id, "fw-f3", "{{Told, unless it is you.}}", "{{Choose…}}") ?><?cs if:Task.IsStaff ?><?cs call:field_check(Form.F.inside, "{{Never shown to a partner.}}") ?><?cs /if ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
