-- A rule for steps is tried on the changes that were decided last.
ALTER TABLE deal_amendment ADD KEY deal_amendment_decided (decided_at DESC, id DESC);
