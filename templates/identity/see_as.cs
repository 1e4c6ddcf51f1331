<?cs # frame: public ?>
<?cs # A member of staff is about to see as another person: SeeAs.{Name,Account,Action}, Form.Token. ?>
<div class="fw-auth"><section class="card" aria-labelledby="see-h"><div class="fw-card-b fw-stack-s">
<h1 id="see-h">{{See the portal as %s|SeeAs.Name}}</h1>
<?cs if:SeeAs.Account ?><p class="m-0"><?cs var:SeeAs.Account ?></p><?cs /if ?>
<p class="m-0">{{You see what this person sees, for an hour at most. You can change nothing, each page says so, and the audit trail records that you looked.}}</p>
<form action="<?cs var:SeeAs.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn btn-primary" type="submit"><?cs call:icon("eye") ?>{{Begin}}</button></form>
</div></section></div>
