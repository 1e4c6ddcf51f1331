<?cs # frame: app ?>
<?cs # What the vendor tells: Announcements.{Base,AnyUnread,MayWrite,IsFiltered}, .Rows.n.{Title,Text,Href,At,Unread,Important}; List ?>
<?cs call:head_begin() ?><?cs if:Announcements.AnyUnread ?><form action="<?cs var:Announcements.Base ?>/read" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn" type="submit">{{Mark all as read}}</button></form><?cs /if ?><?cs if:Announcements.MayWrite ?><?cs call:button_link("/staff/announcements/desk", "{{Write announcements}}", "pencil", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Announcements}}">
<?cs if:subcount(Announcements.Rows) ?><ul class="fw-work fw-notif"><?cs each:row = Announcements.Rows ?><li<?cs if:row.Unread ?> data-unread<?cs /if ?>><span class="fw-dot" data-tone="<?cs if:row.Important ?>wait<?cs else ?>info<?cs /if ?>"><?cs if:row.Important ?><?cs call:icon("alert-triangle") ?><?cs else ?><?cs call:icon("speakerphone") ?><?cs /if ?></span><div><p class="fw-t"><?cs if:row.Unread ?><span class="visually-hidden">{{Unread:}} </span><?cs /if ?><?cs if:row.Important ?><span class="visually-hidden">{{Important:}} </span><?cs /if ?><a href="<?cs var:row.Href ?>"><?cs var:row.Title ?></a></p><p class="fw-s fw-2"><?cs var:row.At ?> · <?cs var:row.Text ?></p></div><span></span><span></span></li><?cs /each ?></ul><?cs call:list_foot(List) ?>
<?cs elif:Announcements.IsFiltered ?><?cs call:list_none(List, "{{No announcements here}}") ?>
<?cs else ?><?cs call:empty("speakerphone", "{{No announcements}}", "{{What is new in the programme, with products and with this portal is told here.}}", "", "") ?><?cs /if ?>
</section>
