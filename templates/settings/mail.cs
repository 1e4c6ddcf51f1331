<?cs # frame: app ?>
<?cs # One mail and its words: Mail.{Action,MayEdit,IsWorded,Sent,Updated}, Mail.Own.FIELD, Mail.Previews.n.{Lang,Language,Title,Text,Button},
     Form.F.{row_version,title_en,text_en,title_zh,text_zh} ?>
<?cs def:mail_words(f, own, rows) ?><?cs if:own ?><?cs set:mail_hint = "{{The portal says: %s|own}}" ?><?cs else ?><?cs set:mail_hint = "{{The portal says nothing here.}}" ?><?cs /if ?><?cs call:field_rows(f, "fw-f6", mail_hint, rows) ?><?cs /def ?>
<?cs call:head() ?>
<?cs if:Mail.Sent ?><div class="mb-3"><?cs call:note("good", "{{The mail is on its way to you. Nothing is saved yet.}}") ?></div><?cs /if ?>
<div class="fw-cols fw-cols-r"><div class="fw-stack">
<?cs if:Mail.MayEdit ?><form action="<?cs var:Mail.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("en", "{{In English}}") ?><div class="fw-fields"><?cs call:mail_words(Form.F.title_en, Mail.Own.title_en, "1") ?><?cs call:mail_words(Form.F.text_en, Mail.Own.text_en, "3") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("zh", "{{In Chinese}}") ?><div class="fw-fields"><?cs call:mail_words(Form.F.title_zh, Mail.Own.title_zh, "1") ?><?cs call:mail_words(Form.F.text_zh, Mail.Own.text_zh, "3") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:submit("{{Preview}}", "eye", "try", "normal") ?><?cs call:submit("{{Send it to me}}", "send", "send", "normal") ?><?cs if:Mail.IsWorded ?><?cs call:submit("{{Back to the portal’s words}}", "rotate", "default", "normal") ?><?cs /if ?><?cs call:savebar_end("") ?>
</form><?cs /if ?>
</div><div class="fw-stack">
<?cs each:p = Mail.Previews ?><section class="card" aria-label="{{Preview: %s|p.Language}}"><div class="fw-card-h"><h2 class="fw-h2">{{Preview: %s|p.Language}}</h2></div><div class="fw-card-b fw-stack-s" lang="<?cs var:p.Lang ?>"><strong><?cs var:p.Title ?></strong><?cs if:p.Text ?><p class="m-0"><?cs var:p.Text ?></p><?cs /if ?><p class="fw-s fw-2 m-0"><?cs var:p.Button ?></p></div></section><?cs /each ?>
<p class="fw-s fw-2">{{Numbers in braces stand for what changes from mail to mail, in the order of the portal’s words. The previews show made-up examples.}}</p>
<?cs if:Mail.Updated.Text ?><p class="fw-s fw-2">{{Changed}} <?cs call:at(Mail.Updated) ?></p><?cs /if ?>
</div></div>
