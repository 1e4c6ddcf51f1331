<?cs # frame: app ?>
<?cs # Notifications.{Base,Tabs}, .Groups.n.Title, .Items.n.{Name,Label,Mail,Always}; Form of notification.preferences ?>
<?cs include:"layout/form.cs" ?>
<?cs call:head() ?>
<?cs call:tabs(Notifications.Tabs, "{{Parts of notifications}}") ?>
<form action="<?cs var:Notifications.Base ?>/preferences" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<section class="card" aria-label="{{Notifications by channel}}"><div class="fw-scroll" tabindex="0" role="group" aria-label="{{Notifications by channel}}">
<table class="fw-table fw-matrix"><caption class="visually-hidden">{{Notifications by channel}}</caption>
<thead><tr><th scope="col">{{About}}</th><th scope="col">{{Portal}}</th><th scope="col">{{Mail at once}}</th></tr></thead>
<?cs each:group = Notifications.Groups ?><tbody><tr class="fw-grp"><th scope="rowgroup" colspan="3"><?cs var:group.Title ?></th></tr>
<?cs each:item = group.Items ?><tr><th scope="row"><?cs var:item.Label ?></th><td><input type="checkbox" aria-label="<?cs var:item.Label ?>: {{Portal}}" checked disabled></td><td><input type="checkbox" name="mail" value="<?cs var:item.Name ?>" aria-label="<?cs var:item.Label ?>: {{Mail at once}}"<?cs if:item.Mail ?> checked<?cs /if ?><?cs if:item.Always ?> disabled<?cs /if ?>></td></tr>
<?cs /each ?></tbody><?cs /each ?>
</table></div></section>
<p class="fw-s fw-2">{{Greyed: always on. Mails about your log-in and password are always sent.}}</p>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:savebar_end("") ?>
</form>
