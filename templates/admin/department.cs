<?cs # frame: app ?>
<?cs # A department: Department.{IsNew,Tree,Action}, Form.F.{name_en,name_zh,below}. ?>
<?cs call:head() ?>
<form action="<?cs var:Department.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("tree", Department.Tree) ?>
<?cs call:card_begin("department", "{{The department}}") ?><div class="fw-fields">
<?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?>
<?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?>
<?cs call:field_select(Form.F.below, "fw-f3", "{{All that is below it moves along, with its people and records.}}", "{{None: it stands at the top}}") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Who sees which records changes at once.}}") ?>
</form>
<?cs if:!Department.IsNew ?><div class="mt-3"><?cs call:card_begin("gone", "{{Delete}}") ?><p>{{Only a department without people, records and other departments can be deleted.}}</p><form action="<?cs var:Department.Action ?>/delete" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><input type="hidden" name="tree" value="<?cs var:Department.Tree ?>"><?cs call:submit("{{Delete this department}}", "trash", "", "bad") ?></form><?cs call:card_end() ?></div><?cs /if ?>
