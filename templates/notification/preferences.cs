<?cs # frame: app ?>
<?cs # Notifications.{Base,Tabs,Hour,Zone}, .Groups.n.Title, .Items.n.{Name,Label,Always}, .Choices.n.{Value,Label,Chosen};
     .Muted.n.{Number,Label,Href,Action,At}; Form of notification.preferences ?>
<?cs call:head() ?>
<?cs call:tabs(Notifications.Tabs, "{{Parts of notifications}}") ?>
<div class="fw-stack">
<form action="<?cs var:Notifications.Base ?>/preferences" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<section class="card" aria-label="{{Notifications by channel}}"><div class="fw-scroll" tabindex="0" role="group" aria-label="{{Notifications by channel}}">
<table class="fw-table fw-matrix"><caption class="visually-hidden">{{Notifications by channel}}</caption>
<thead><tr><th scope="col">{{About}}</th><th scope="col">{{Portal}}</th><th scope="col">{{Mail}}</th></tr></thead>
<?cs each:group = Notifications.Groups ?><tbody><tr class="fw-grp"><th scope="rowgroup" colspan="3"><?cs var:group.Title ?></th></tr>
<?cs each:item = group.Items ?><tr><th scope="row"><?cs var:item.Label ?></th><td><input type="checkbox" aria-label="<?cs var:item.Label ?>: {{Portal}}" checked disabled></td><td><?cs if:item.Always ?>{{At once, always}}<?cs else ?><select class="form-select w-auto d-inline-block" name="mail" aria-label="<?cs var:item.Label ?>: {{Mail}}"><?cs each:choice = item.Choices ?><option value="<?cs var:choice.Value ?>"<?cs if:choice.Chosen ?> selected<?cs /if ?>><?cs var:choice.Label ?></option><?cs /each ?></select><?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs /each ?>
<tbody><tr class="fw-grp"><th scope="rowgroup" colspan="3">{{Cannot be switched off}}</th></tr>
<tr><th scope="row">{{Password, second factor, new devices, invitations}}</th><td>–</td><td>{{At once, always}}</td></tr></tbody>
</table></div></section>
<p class="fw-s fw-2">{{The portal tells you everything. Once a day: one mail at %1$s (%2$s), when there is something that you have not read.|Notifications.Hour|Notifications.Zone}}</p>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:savebar_end("") ?>
</form>
<?cs call:card_table_begin("muted", "{{Records you get no mails about}}") ?>
<?cs if:subcount(Notifications.Muted) ?><table class="fw-table"><caption class="visually-hidden">{{Records you get no mails about}}</caption><thead><tr><th scope="col">{{Record}}</th><th scope="col">{{Since}}</th><th scope="col"><span class="visually-hidden">{{Action}}</span></th></tr></thead><tbody>
<?cs each:row = Notifications.Muted ?><tr><th scope="row"><?cs if:row.Href ?><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><?cs else ?><span class="fw-id"><?cs var:row.Number ?></span><?cs /if ?><?cs if:row.Label ?><br><span class="fw-s fw-2"><?cs var:row.Label ?></span><?cs /if ?></th><td><?cs call:at(row.At) ?></td><td><form action="<?cs var:row.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn btn-sm" type="submit">{{Unmute}}<span class="visually-hidden"> <?cs var:row.Number ?></span></button></form></td></tr><?cs /each ?>
</tbody></table><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{None. A record is muted on its own page, or by a link in its mails.}}</p></div><?cs /if ?>
<?cs call:card_table_end() ?>
</div>
