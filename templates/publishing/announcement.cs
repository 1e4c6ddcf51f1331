<?cs # frame: app ?>
<?cs # One announcement: Announcement.Important, .Paragraphs.n.Text, .Files.n.{Name,Size,Href} ?>
<?cs call:head() ?>
<?cs if:Announcement.Important ?><div class="fw-note mb-3" data-tone="wait"><?cs call:icon("alert-triangle") ?><p>{{This is important.}}</p></div><?cs /if ?>
<article class="card"><div class="fw-card-b fw-prose"><?cs each:p = Announcement.Paragraphs ?><p class="fw-lines"><?cs var:p.Text ?></p><?cs /each ?>
<?cs if:subcount(Announcement.Files) ?><h2 class="fw-h2">{{Files}}</h2><ul class="list-unstyled m-0 fw-stack-s"><?cs each:file = Announcement.Files ?><li><?cs call:icon_s("paperclip") ?> <?cs if:file.Href ?><a href="<?cs var:file.Href ?>" download><?cs var:file.Name ?></a><?cs else ?><?cs var:file.Name ?><?cs /if ?> <span class="fw-2"><?cs var:file.Size ?></span></li><?cs /each ?></ul><?cs /if ?></div></article>
