<?cs # A mail as plain text.  Nothing is escaped here.  Reads Mail.{Portal,Vendor,BaseUrl,Reason}. ?>
<?cs def:mail_subject(text) ?><?cs var:text ?>

<?cs /def ?>
<?cs def:mail_p(text) ?>

<?cs var:text ?>

<?cs /def ?>
<?cs def:mail_button(label, href) ?>

{{%s:|label}}
<?cs var:href ?>

<?cs /def ?>
<?cs def:mail_fact(label, value) ?><?cs if:value ?>
{{%1$s: %2$s|label|value}}

<?cs /if ?><?cs /def ?>
<?cs def:mail_small(text) ?>

<?cs var:text ?>

<?cs /def ?>
<?cs def:mail_link(label, href) ?>

{{%s:|label}}
<?cs var:href ?>

<?cs /def ?>
<?cs def:mail_head(text, href) ?>

# <?cs var:text ?>

<?cs if:href ?><?cs var:href ?>

<?cs /if ?><?cs /def ?>
<?cs def:mail_item(title, text, at) ?>

- <?cs var:title ?>

<?cs if:text ?><?cs var:text ?> · <?cs /if ?><?cs var:at ?>

<?cs /def ?>
<?cs include:Page.Template ?>

-- 
<?cs var:Mail.Portal ?> · <?cs var:Mail.Vendor ?>

<?cs if:Mail.Reason ?>{{Why did I get this? %s|Mail.Reason}}

<?cs /if ?>
<?cs var:Mail.BaseUrl ?>/
