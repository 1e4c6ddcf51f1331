<?cs # frame: public ?>
<?cs # What was ended, and how to take it back.  Link.{Kind,What,Undo,Was}, Link.Events.n.Name; Form.Token ?>
<div class="fw-auth"><section class="card" aria-labelledby="done-h"><div class="fw-card-b fw-stack-s">
<h1 id="done-h">{{No more of these mails}}</h1>
<p class="m-0" role="status"><?cs if:Link.Kind == "record" ?>{{You get no more mails about %s.|Link.What}}<?cs elif:Link.Kind == "digest" ?>{{You get no more mail of the day.}}<?cs else ?>{{You get no more mails of this kind: %s|Link.What}}<?cs /if ?></p>
<p class="m-0">{{The portal tells you all the same, and mails that must be sent are sent.}}</p>
<form action="<?cs var:Link.Undo ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs if:Link.Was ?><input type="hidden" name="was" value="<?cs var:Link.Was ?>"><?cs /if ?><?cs each:event = Link.Events ?><input type="hidden" name="event" value="<?cs var:event.Name ?>"><?cs /each ?><button type="submit" class="btn fw-btn w-100"><?cs call:icon("bell") ?>{{Undo}}</button></form>
<p class="fw-s fw-2 m-0"><a href="/login">{{All choices are in the portal, under Notifications.}}</a></p>
</div></section></div>
