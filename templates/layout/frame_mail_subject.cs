<?cs # The subject of a mail, and nothing else of it.  Nothing is escaped here. ?>
<?cs def:mail_subject(text) ?><?cs var:text ?><?cs /def ?>
<?cs def:mail_p(text) ?><?cs /def ?>
<?cs def:mail_button(label, href) ?><?cs /def ?>
<?cs def:mail_fact(label, value) ?><?cs /def ?>
<?cs def:mail_small(text) ?><?cs /def ?>
<?cs def:mail_link(label, href) ?><?cs /def ?>
<?cs def:mail_head(text, href) ?><?cs /def ?>
<?cs def:mail_item(title, text, at) ?><?cs /def ?>
<?cs include:Page.Template ?>
