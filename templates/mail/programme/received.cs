<?cs # frame: mail ?>
<?cs call:mail_subject("{{Your application %s|Mail.Number}}") ?>
<?cs call:mail_p("{{Thank you for applying as a partner with %s. A person reads what you sent and answers by mail.|Mail.Company}}") ?>
<?cs call:mail_small("{{If you did not send it, do nothing: nothing follows from it without you.}}") ?>
