import { createTimeSkipping, skippingWorker, activitiesOf } from '../test/support/server';
import { org } from '../test/support/org';
import { policyFrom } from './config';
import { queries } from '../workflows/messages';
(async()=>{ const t=Date.now(); const e = await createTimeSkipping(); console.log(Date.now()-t, e.namespace);
 const w = await skippingWorker(e, activitiesOf(org(), policyFrom({hotline:'1'}), console.log));
 await w.runUntil(async () => {
   const h = await e.client.workflow.start('supportCase', { workflowId:'C1234567', taskQueue:'tocsin', args:[{caseNumber:'C1234567', title:'t', severity:2, customer:{number:'1',name:'A',activeSupport:true,enterprise:true}, environment:'PRODUCTION', engineer:'lee', by:'m', role:'CUSTOMER', channel:'CASE_TRACKER'}]});
   await e.sleep('3h');
   console.log((await h.query(queries.getCase)).pages.map(p=>p.purpose+' '+p.person+' '+p.status));
   console.log(JSON.stringify((await h.describe()).searchAttributes));
 });
 await e.teardown(); console.log(Date.now()-t); })().catch(e=>{console.error(e);process.exit(1)});
