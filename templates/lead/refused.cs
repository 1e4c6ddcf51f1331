<?cs # frame: app ?>
<?cs # Why something was not done to a lead: Refused.{Message,Href}. ?>
<?cs call:head() ?>
<div class="fw-stack"><div class="fw-note" data-tone="wait" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-triangle") ?><div><p><strong><?cs var:Refused.Message ?></strong></p><p>{{Nothing was changed.}}</p></div></div>
<div><?cs call:button_link(Refused.Href, "{{Go on}}", "eye", "primary") ?></div></div>
