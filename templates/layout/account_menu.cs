<?cs # The menu under a person's name.  Reads Me.*, Page.OtherLang, Page.Home, Form.Token. ?>
<button class="fw-ib" type="button" popovertarget="me"><span class="avatar avatar-sm rounded-circle" aria-hidden="true"><?cs var:Me.Initials ?></span><span class="fw-hide-s"><?cs var:Me.Name ?></span><span class="visually-hidden">{{Account menu}}</span></button>
<div class="fw-menu" id="me" popover>
<div class="fw-s fw-2 p-2"><?cs var:Me.Name ?><?cs if:Me.Account ?><br><?cs var:Me.Account ?><?cs if:Me.Tier ?> · <?cs var:Me.Tier ?><?cs /if ?><?cs /if ?></div>
<hr>
<a href="<?cs var:Page.OtherLang.Href ?>" lang="<?cs var:Page.OtherLang.Code ?>" hreflang="<?cs var:Page.OtherLang.Code ?>"><?cs call:icon("language") ?><?cs var:Page.OtherLang.Label ?></a>
<a href="/account#appearance"><?cs call:icon("moon") ?>{{Appearance}}</a>
<a href="/account"><?cs call:icon("settings") ?>{{My settings}}</a>
<hr>
<form action="/logout" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button type="submit"><?cs call:icon("logout") ?>{{Log out}}</button></form>
</div>
