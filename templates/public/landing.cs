<?cs # frame: public ?>
<?cs # The first page: what the portal is for, the log-in, and what needs none.
     Reads Page.Vendor, Form.F.{email,password} for guests, Me.Name and Page.Home for people who are signed in,
     Links.n.{Href,Icon,Title,Text,File}: what this installation offers without a log-in. ?>
<div class="fw-hero"><div class="fw-wrap fw-cols fw-cols-w">
<div class="fw-stack">
<h1>{{Register a deal, follow it, keep the proof.}}</h1>
<p class="fw-lead m-0">{{The portal of %s for its partners and customers. Every registration gets its place in line, a clock both sides see, and a signed receipt.|Page.Vendor}}</p>
</div>
<section class="card" aria-labelledby="log-in"><div class="fw-card-b">
<?cs if:Me.Name ?>
<h2 id="log-in" class="mb-3">{{You are logged in as %s.|Me.Name}}</h2>
<?cs call:button_link(Page.Home, "{{My portal}}", "home", "primary") ?>
<?cs else ?>
<h2 id="log-in" class="mb-3">{{Log in}}</h2>
<form action="/login" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?>
<?cs call:field(Form.F.email, "", "", "username") ?>
<?cs call:field_password(Form.F.password, "", "", "current-password") ?>
<div class="fw-row fw-between"><?cs call:submit("{{Log in}}", "", "", "primary") ?><a href="/password">{{Forgot password?}}</a></div>
</form>
<?cs /if ?>
</div></section>
</div></div>
<?cs if:subcount(Links) ?>
<section class="fw-sec" aria-labelledby="open"><div class="fw-wrap fw-stack">
<h2 id="open" class="fw-h1">{{No log-in needed}}</h2>
<div class="fw-grid3"><?cs each:link = Links ?><a class="card fw-card-link" href="<?cs var:link.Href ?>"<?cs if:link.File ?> download="<?cs var:link.File ?>"<?cs /if ?>><?cs call:icon(link.Icon) ?><span class="fw-b d-block mt-2"><?cs var:link.Title ?></span><span class="fw-2"><?cs var:link.Text ?></span></a><?cs /each ?></div>
</div></section>
<?cs /if ?>
<section class="fw-sec" aria-labelledby="partners"><div class="fw-wrap fw-stack">
<h2 id="partners" class="fw-h1">{{For partners}}</h2>
<div class="fw-grid3">
<div><h3>{{First in time, provably}}</h3><p class="fw-2 m-0">{{The server’s time of your submission decides. Your receipt is signed; keep it for any dispute.}}</p></div>
<div><h3>{{A clock both sides see}}</h3><p class="fw-2 m-0">{{You see who has your registration, since when, and by when it must be decided.}}</p></div>
<div><h3>{{Nobody is told who}}</h3><p class="fw-2 m-0">{{If a customer is taken, you learn that it is taken. Never by whom, and others never learn that it was you.}}</p></div>
</div>
</div></section>
