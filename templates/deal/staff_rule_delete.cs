<?cs # frame: app ?>
<?cs # Asks before a rule is deleted: Rule.{Name,Back,Action,Conditions,Outcome,Assign}, Form of rule.version ?>
<?cs call:head() ?>
<?cs call:rule_refused() ?>
<?cs call:confirm("{{Delete this rule?}}", "{{It decides nothing from then on. Records that it decided still name it.}}") ?>
<form action="<?cs var:Rule.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:hidden("form_token", Form.Token) ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<section class="card" aria-label="{{What it is about}}"><div class="fw-card-b"><p class="fw-b"><?cs var:Rule.Name ?></p><?cs call:rule_conditions(Rule) ?><?cs call:rule_outcome(Rule) ?></div></section>
<div class="fw-row"><?cs call:submit("{{Delete}}", "trash", "", "bad") ?><?cs call:button_link(Rule.Back, "{{Leave it as it is}}", "", "normal") ?></div>
</form>
