<?cs # frame: public ?>
<?cs call:fault_page("search", "{{There is no such page, or it is not yours to see.}}", "{{Check the address, or begin at home. If somebody sent you the link, ask them whether you should have access.}}") ?>
