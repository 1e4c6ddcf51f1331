<?cs # frame: app ?>
<?cs # Automatic rules in their order: values in layout/rules.cs ?>
<?cs call:head_begin() ?><?cs if:Rules.MayEdit ?><?cs call:button_link("/staff/deals/rules/new", "{{New rule}}", "plus", "primary") ?><?cs /if ?><?cs call:button_link("/staff/deals/checks", "{{Questions “Is it free?”}}", "search", "normal") ?><?cs call:button_link("/staff/deals/steps", "{{Steps of approval}}", "users", "normal") ?><?cs call:head_end() ?>
<?cs call:rule_refused() ?>
<p class="fw-2">{{The first rule that is switched on and fits decides; what it may not decide alone goes to a person.}}</p>
<section class="card" aria-label="{{Automatic rules}}"><?cs if:subcount(Rules.Rows) ?><?cs call:rule_table("{{Automatic rules, in their order}}") ?><?cs else ?><?cs call:empty("git-branch", "{{No rules yet}}", "{{Every registration goes to a person.}}", "", "") ?><?cs /if ?></section>
