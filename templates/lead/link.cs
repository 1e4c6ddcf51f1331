<?cs # frame: public ?>
<?cs # An offer, from its mail: Lead.{Number,Company,Place,Score,Who,Clock,Href}, form Decline, Form.Token. ?>
<div class="fw-auth"><section class="card" aria-labelledby="lead-h"><div class="fw-card-b fw-stack-s">
<h1 id="lead-h">{{Is %s for you?|Lead.Number}}</h1>
<dl class="fw-dl-v"><div><dt>{{Company}}</dt><dd><?cs var:Lead.Company ?></dd></div><?cs if:Lead.Place ?><div><dt>{{Where}}</dt><dd><?cs var:Lead.Place ?></dd></div><?cs /if ?><div><dt>{{Score}}</dt><dd class="tnum"><?cs var:Lead.Score ?></dd></div></dl>
<?cs if:Lead.Clock.Text ?><p class="m-0"><?cs call:clock(Lead.Clock) ?></p><?cs /if ?>
<form action="<?cs var:Lead.Href ?>/accept" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button type="submit" class="btn btn-primary w-100"><?cs call:icon("check") ?>{{Accept}}</button></form>
<form action="<?cs var:Lead.Href ?>/decline" method="post" class="fw-stack-s" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:field_select(Decline.F.reason, "", "", "{{Choose}}") ?><?cs call:field(Decline.F.text, "", "", "off") ?><button type="submit" class="btn fw-btn w-100"><?cs call:icon("x") ?>{{Decline}}</button></form>
<p class="fw-s fw-2 m-0">{{You answer as %s. Nothing is done until you press a button.|Lead.Who}}</p>
</div></section></div>
