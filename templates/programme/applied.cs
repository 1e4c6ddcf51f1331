<?cs # frame: public ?>
<?cs # What everybody is told who has sent an application. ?>
<div class="fw-sec"><div class="fw-wrap fw-stack">
<h1><?cs var:Page.Title ?></h1>
<p class="fw-lead m-0">{{A person reads it and answers by mail, as a rule within ten working days. You need to do nothing until then.}}</p>
<div class="fw-row"><?cs call:button_link("/", "{{Back to the first page}}", "home", "normal") ?></div>
</div></div>
