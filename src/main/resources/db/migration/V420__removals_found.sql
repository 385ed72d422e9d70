-- Who was a member and is none any more stands in the lines that say so, which an erasure looks for among all others.
create index audit_log_of_removals on audit_log (subject) where action = 'member.remove';
