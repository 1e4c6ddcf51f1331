<?cs # frame: public ?>
<?cs # Asks before mails are ended.  Link.{Kind,What,Action}: event, digest or record; Form.Token ?>
<div class="fw-auth"><section class="card" aria-labelledby="link-h"><div class="fw-card-b fw-stack-s">
<h1 id="link-h"><?cs if:Link.Kind == "record" ?>{{No mails about %s?|Link.What}}<?cs elif:Link.Kind == "digest" ?>{{No mail of the day?}}<?cs else ?>{{No mails of this kind?}}<?cs /if ?></h1>
<?cs if:Link.Kind == "event" ?><p class="m-0"><strong><?cs var:Link.What ?></strong></p><?cs elif:Link.Kind == "digest" ?><p class="m-0">{{All that you are told of once a day is then told in the portal alone.}}</p><?cs /if ?>
<p class="m-0">{{The portal tells you all the same, and mails that must be sent are sent.}}</p>
<form action="<?cs var:Link.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button type="submit" class="btn btn-primary w-100"><?cs call:icon("bell-off") ?>{{No more of these mails}}</button></form>
<p class="fw-s fw-2 m-0">{{Nothing is changed until you press the button.}} <a href="/login">{{All choices are in the portal, under Notifications.}}</a></p>
</div></section></div>
