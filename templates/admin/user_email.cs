<?cs # frame: app ?>
<?cs # Another address for a person.  Reads User.{Email,Href}, Form.F.email. ?>
<?cs call:head() ?>
<form action="<?cs var:User.Href ?>/email" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("email-card", "{{Address}}") ?>
<p class="fw-2">{{Now %s. Both addresses are told; the person is logged out and logs in with the new one.|User.Email}}</p>
<div class="fw-fields"><?cs call:field(Form.F.email, "fw-f3", "", "off") ?></div>
<?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Change the e-mail}}", "", "", "primary") ?><?cs call:savebar_end("") ?>
</form>
