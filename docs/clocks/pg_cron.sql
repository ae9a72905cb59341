-- The clock inside Supabase, for plans whose own clock comes once a day. Run as postgres, once; a second time changes the
-- schedules to what stands here. Replace the two values first; they are kept encrypted, and no table of ours holds them.
create extension if not exists pg_cron;
create extension if not exists pg_net;

select vault.create_secret('https://nightshift.example.com', 'nightshift_url')
  where not exists (select from vault.secrets where name = 'nightshift_url');
select vault.create_secret('the value of CRON_SECRET', 'nightshift_cron_secret')
  where not exists (select from vault.secrets where name = 'nightshift_cron_secret');

-- Fire and forget: the call goes on although nobody waits for its answer, and a tick that is missed is made up by the next.
select cron.schedule('nightshift-' || agent, schedule, format($call$
  select net.http_post(
    url := (select decrypted_secret from vault.decrypted_secrets where name = 'nightshift_url') || '/api/cron/%s',
    headers := jsonb_build_object('content-type', 'application/json', 'authorization',
      'Bearer ' || (select decrypted_secret from vault.decrypted_secrets where name = 'nightshift_cron_secret')),
    body := '{}'::jsonb,
    timeout_milliseconds := 5000)
$call$, agent))
from (values
  ('watcher', '*/5 * * * *'),
  ('investigator', '* * * * *'),
  ('implementer', '* * * * *'),
  ('releaser', '* * * * *')) as clocks (agent, schedule);

-- To look: select jobname, status, start_time from cron.job_run_details join cron.job using (jobid) order by start_time desc;
--          select status_code, created from net._http_response order by created desc;
-- To stop: select cron.unschedule(jobname) from cron.job where jobname like 'nightshift-%';
