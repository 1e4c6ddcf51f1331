<?cs # frame: app ?>
<?cs # Notifications.{Base,AnyUnread,Tabs}, .Days.n.{Id,Title}, .Items.n.{Title,Text,Href,Tone,Icon,Time,Reason,Action,Unread}; List ?>
<?cs call:head_begin() ?><?cs if:Notifications.AnyUnread ?><form action="<?cs var:Notifications.Base ?>/read" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn" type="submit">{{Mark all as read}}</button></form><?cs /if ?><?cs call:head_end() ?>
<?cs call:tabs(Notifications.Tabs, "{{Parts of notifications}}") ?>
<?cs call:list_views(List) ?>
<div class="fw-stack">
<?cs if:subcount(Notifications.Days) ?>
<?cs each:day = Notifications.Days ?>
<section class="card" aria-labelledby="day<?cs var:day.Id ?>"><div class="fw-card-h"><h2 class="fw-h2" id="day<?cs var:day.Id ?>"><?cs var:day.Title ?></h2></div>
<ul class="fw-work fw-notif">
<?cs each:item = day.Items ?>
<?cs if:item.Title ?><li<?cs if:item.Unread ?> data-unread<?cs /if ?>><span class="fw-dot" data-tone="<?cs var:item.Tone ?>"><?cs call:icon(item.Icon) ?></span><div><p class="fw-t"><?cs if:item.Unread ?><span class="visually-hidden">{{Unread:}} </span><?cs /if ?><?cs if:item.Href ?><a href="<?cs var:item.Href ?>"><?cs var:item.Title ?></a><?cs else ?><?cs var:item.Title ?><?cs /if ?></p><p class="fw-s fw-2"><?cs if:item.Text ?><?cs var:item.Text ?> · <?cs /if ?><?cs var:item.Time ?></p><details class="fw-s fw-2"><summary>{{Why did I get this?}}</summary><p class="m-0"><?cs var:item.Reason ?></p></details></div><span></span><?cs if:item.Unread ?><form action="<?cs var:item.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn btn-sm" type="submit">{{Mark read}}<span class="visually-hidden"> <?cs var:item.Title ?></span></button></form><?cs else ?><span></span><?cs /if ?></li><?cs /if ?>
<?cs /each ?>
</ul></section>
<?cs /each ?>
<?cs if:List.Older || List.Newer ?><section class="card" aria-label="{{More notifications}}"><?cs call:list_foot(List) ?></section><?cs /if ?>
<?cs else ?>
<section class="card" aria-label="{{Notifications}}"><?cs call:empty("bell", "{{Nothing new}}", "{{What you wait for is told here, and by mail if you want that.}}", Notifications.Base + "/preferences", "{{What I am told, and how}}") ?></section>
<?cs /if ?>
</div>
