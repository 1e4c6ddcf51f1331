<?cs # A mail as HTML.  Mail readers know neither style sheets nor scripts of ours: widths and colours stand in
     attributes of old HTML, and it reads well without them.
     Reads Mail.{Lang,Portal,Accent,Vendor,BaseUrl,Reason}. ?>
<?cs def:mail_subject(text) ?><h1><font size="5"><?cs var:text ?></font></h1><?cs /def ?>
<?cs def:mail_p(text) ?><p><?cs var:text ?></p><?cs /def ?>
<?cs def:mail_button(label, href) ?><table role="presentation" cellpadding="12" cellspacing="0" border="0"><tr><td bgcolor="<?cs if:Mail.Accent ?><?cs var:Mail.Accent ?><?cs else ?>#2457c5<?cs /if ?>"><a href="<?cs var:href ?>"><font color="#ffffff"><b><?cs var:label ?></b></font></a></td></tr></table><p><font size="2" color="#556070"><?cs var:href ?></font></p><?cs /def ?>
<?cs def:mail_fact(label, value) ?><?cs if:value ?><p><font color="#556070"><?cs var:label ?></font><br><?cs var:value ?></p><?cs /if ?><?cs /def ?>
<?cs def:mail_small(text) ?><p><font size="2" color="#556070"><?cs var:text ?></font></p><?cs /def ?>
<?cs def:mail_link(label, href) ?><p><font size="2"><a href="<?cs var:href ?>"><?cs var:label ?></a></font></p><?cs /def ?>
<?cs def:mail_head(text, href) ?><h2><font size="3"><?cs if:href ?><a href="<?cs var:href ?>"><?cs var:text ?></a><?cs else ?><?cs var:text ?><?cs /if ?></font></h2><?cs /def ?>
<?cs def:mail_item(title, text, at) ?><p><b><?cs var:title ?></b><br><font size="2" color="#556070"><?cs if:text ?><?cs var:text ?> · <?cs /if ?><?cs var:at ?></font></p><?cs /def ?>
<!DOCTYPE html>
<html lang="<?cs var:Mail.Lang ?>">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title><?cs var:Mail.Vendor ?></title></head>
<body bgcolor="#f5f6f8">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">
<table role="presentation" width="600" cellpadding="24" cellspacing="0" border="0" bgcolor="#ffffff"><tr><td align="left">
<p><font color="<?cs if:Mail.Accent ?><?cs var:Mail.Accent ?><?cs else ?>#0d5c4a<?cs /if ?>"><b><?cs var:Mail.Portal ?></b></font> <font color="#556070"><?cs var:Mail.Vendor ?></font></p>
<?cs include:Page.Template ?>
<hr>
<p><font size="2" color="#556070"><?cs if:Mail.Reason ?>{{Why did I get this? %s|Mail.Reason}}<br><?cs /if ?><a href="<?cs var:Mail.BaseUrl ?>/"><?cs var:Mail.BaseUrl ?></a></font></p>
</td></tr></table>
</td></tr></table>
</body>
</html>
