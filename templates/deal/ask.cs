<?cs # frame: app ?>
<?cs # Asks before a step: Ask.{Question,Consequence,Figures,Action,Button,Icon,Kind,Back}, Deal.Lines. ?>
<?cs call:head() ?>
<?cs call:confirm(Ask.Question, Ask.Consequence) ?>
<form action="<?cs var:Ask.Action ?>" method="post" class="fw-stack">
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs if:Ask.Figures || subcount(Deal.Lines) ?><section class="card" aria-label="{{What it is about}}"><div class="fw-card-b"><?cs if:Ask.Figures ?><p class="fw-b"><?cs var:Ask.Figures ?></p><?cs /if ?><ul class="list-unstyled m-0"><?cs each:line = Deal.Lines ?><li><?cs var:line.Name ?> <span class="fw-2 tnum">× <?cs var:line.Quantity ?>, <?cs var:line.Value ?></span></li><?cs /each ?></ul></div></section><?cs /if ?>
<div class="fw-row"><?cs call:submit(Ask.Button, Ask.Icon, "", Ask.Kind) ?><?cs call:button_link(Ask.Back, "{{Leave it as it is}}", "", "normal") ?></div>
</form>
