-- In a transaction of its own, so that it does not wait for a lock while it holds one. Until all nodes have this version, those
-- before find what is over without an index; no version was released before.

drop index grants_by_end;
