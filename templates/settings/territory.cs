<?cs # frame: app ?>
<?cs # A territory: Territory.{IsNew,Tree,Action}, Form.F.{code,name_en,name_zh,below,department,areas} ?>
<?cs call:head() ?>
<form action="<?cs var:Territory.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("tree", Territory.Tree) ?>
<?cs call:card_begin("territory", "{{The territory}}") ?><div class="fw-fields">
<?cs call:field(Form.F.code, "fw-f2", "", "off") ?><?cs call:field(Form.F.name_en, "fw-f2", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f2", "", "off") ?>
<?cs call:field_select(Form.F.below, "fw-f3", "{{All that is below it moves along.}}", "{{None: it stands at the top}}") ?>
<?cs call:field_select(Form.F.department, "fw-f3", "{{It gets what comes from here.}}", "{{None}}") ?>
<?cs call:field_rows(Form.F.areas, "fw-f6", "{{One a line: the two letters of a country for all of it, or with a region, such as CN 上海. The region goes before the country.}}", "10") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Records that are there stay with their department.}}") ?>
</form>
<?cs if:!Territory.IsNew ?><div class="mt-3"><?cs call:card_begin("gone", "{{Delete}}") ?><p>{{Only a territory that no rule names and no other stands below can be deleted.}}</p><form action="<?cs var:Territory.Action ?>/delete" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("tree", Territory.Tree) ?><?cs call:submit("{{Delete this territory}}", "trash", "", "bad") ?></form><?cs call:card_end() ?></div><?cs /if ?>
