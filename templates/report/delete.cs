<?cs # frame: app ?>
<?cs # Asks before a report is deleted: Report.{Name,Text,Action,Back}, Form of report_gone ?>
<?cs call:head() ?>
<?cs call:confirm("{{Delete this report?}}", "{{It is gone for everybody who sees it. The records that it shows stay as they are.}}") ?>
<form action="<?cs var:Report.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:hidden("form_token", Form.Token) ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<section class="card" aria-label="{{Report}}"><div class="fw-card-b"><p class="fw-b m-0"><?cs var:Report.Name ?></p><?cs if:Report.Text ?><p class="fw-2 m-0"><?cs var:Report.Text ?></p><?cs /if ?></div></section>
<div class="fw-row"><?cs call:submit("{{Delete}}", "trash", "", "bad") ?><?cs call:button_link(Report.Back, "{{Leave it as it is}}", "", "normal") ?></div>
</form>
