-- A server before 15, and a database that came from one, let every login create in schema public: the job's too.
revoke create on schema public from public;
