/** Every refusal in words: one plain sentence, and the way out. */
import type { Catalogue } from '../catalogue';

const NOTHING = '无需任何操作。';

export const codes: Catalogue['codes'] = {
  INVALID_INPUT: { sentence: '输入无效。', hint: '请更正指出的字段后重新发送。' },
  UNAUTHENTICATED: { sentence: '没有指出操作人。', hint: '请发送`by`：人、帐户或系统。' },
  ACCOUNT_INACTIVE: { sentence: '客户帐户无效。', hint: '请拨打热线，或请人启用该帐户。' },
  FORBIDDEN_ROLE: { sentence: '此角色不得发出该命令。', hint: '请由允许的角色来操作。' },
  INVALID_CHANNEL: {
    sentence: '此渠道不存在，或不适用于该命令。',
    hint: '请使用CASE_TRACKER、PHONE、DESK或API；问题记录程序只能创建案例。',
  },
  IDEMPOTENCY_CONFLICT: {
    sentence: '此请求编号已用于另一个内容。',
    hint: '请重新发送原来的内容，或使用新的请求编号。',
  },
  UNKNOWN_COMMAND: { sentence: '没有此名称的命令。', hint: '请查看docs/commands.md中的命令表。' },
  TOO_MANY_OPEN: { sentence: '未结的已经太多，再多就无人查看。', hint: '请先完成或解决一项，然后重新发送。' },

  CASE_NUMBER_REQUIRED: { sentence: '缺少案例编号。', hint: '请向来电者询问，或按客户查找案例。' },
  INVALID_CASE_NUMBER: { sentence: '这不是案例编号。', hint: '案例编号的格式如C1234567。' },
  SEVERITY_REQUIRED: {
    sentence: '案例从一开始就必须有严重级别。',
    hint: '请发送严重级别1、2或3；0须同时回答E-Down的问题。',
  },
  INVALID_SEVERITY: { sentence: '严重级别不是0、1、2、3之一。', hint: '请选择0（E-Down）、1、2或3。' },
  ENGINEER_REQUIRED: {
    sentence: '电话中由工程师设置严重级别，但没有指出工程师。',
    hint: '请发送`engineer`，或由工程师创建案例。',
  },
  CASE_EXISTS: {
    sentence: '此编号的案例已存在，编号不会重复使用。',
    hint: '请使用已有的案例，或换一个编号。',
  },
  CASE_OPENING: { sentence: '案例正在创建。', hint: '请稍后再试。' },
  CASE_NOT_FOUND: { sentence: '没有此案例。', hint: '请检查案例编号。' },
  CASE_CLOSED: {
    sentence: '案例已关闭。',
    hint: '请用评论或电话重新打开（`reopenCase`）；任何状态下都可以要求联系经理。',
  },
  CASE_OPEN: { sentence: '案例已经是打开的。', hint: NOTHING },
  CUSTOMER_AGREEMENT_REQUIRED: {
    sentence: '这须先得到客户同意。',
    hint: '请询问客户，然后发送`customerAgreed: true`。',
  },
  ENGINEER_UNCHANGED: { sentence: '案例已由此工程师负责。', hint: NOTHING },

  SEVERITY_UNCHANGED: { sentence: '案例已是此严重级别。', hint: '无需任何操作，没有再次通知任何人。' },
  E_DOWN_NOT_AT_LOGGING: {
    sentence: '在问题记录程序中首次记录案例时，不能设置E-Down。',
    hint: '请立即拨打热线（首选），或先以严重级别1记录案例，再用问题跟踪程序设置E-Down。',
  },
  ALREADY_E_DOWN: { sentence: '案例已在24小时不间断处理中。', hint: '无需任何操作，处理继续进行。' },
  E_DOWN_ANSWERS_INCOMPLETE: { sentence: 'E-Down的问题没有全部回答。', hint: '请回答指出的问题。' },
  E_DOWN_CONFIRMATION_REQUIRED: {
    sentence: 'E-Down只用于企业生产系统停机，以便真正紧急时有资源可用。',
    hint: '请用`confirmGenuine: true`确认，或选择严重级别1。',
  },
  NOT_ACTIVE_SUPPORT: {
    sentence: 'E-Down只面向积极支持客户。',
    hint: '请选择严重级别1，或请人核实合同。',
  },
  NOT_ENTERPRISE_CUSTOMER: {
    sentence: 'E-Down只面向企业客户。',
    hint: '请选择严重级别1，或请人核实合同。',
  },
  NOT_PRODUCTION: { sentence: 'E-Down只用于生产环境。', hint: '测试或开发系统请选择严重级别1。' },
  E_DOWN_CATEGORY_INVALID: { sentence: 'E-Down须且只须选择五种类别之一。', hint: '请从列出的五种中选择一种。' },
  E_DOWN_THRESHOLD: {
    sentence: '此类别表示生产力下降80%或更高。',
    hint: '请选择严重级别1，或另一个符合的类别。',
  },
  AFFECTED_EXCEEDS_TOTAL: {
    sentence: '受影响的用户多于用户总数。',
    hint: '请核对`affectedUsers`与`totalUsers`。',
  },
  INVALID_DOWNTIME: {
    sentence: '停机必须是从过去的某个时间开始的。',
    hint: '请发送过去的`downSince`，或不小于1的`downForMinutes`。',
  },
  NOT_IN_EMERGENCY: { sentence: '案例不在24小时不间断处理中。', hint: '如果生产系统停机，请先申报E-Down。' },
  CUSTOMER_CONFIRMATION_REQUIRED: {
    sentence: '只有技术联系人可以确认系统能正常工作；在此之前处理继续进行。',
    hint: '已询问技术联系人，此说法已记录。',
  },
  STEP_DOWN_NOT_JUSTIFIED: {
    sentence: '只有最近取得实质进展，才能停止24小时不间断处理。',
    hint: '请先记录进展，或继续处理。',
  },
  EMERGENCY_ACTIVE: {
    sentence: '案例在24小时不间断处理中，现在不能这样做。',
    hint: '请先确认系统能正常工作，或经客户同意降低严重级别。',
  },

  TECHNICAL_CONTACT_REQUIRED: {
    sentence: '紧急状态期间，始终需要一位技术联系人。',
    hint: '请指定一位，在现场或可寻呼。',
  },
  INVALID_CONTACT: {
    sentence: '按所给信息无法联系到该联系人。',
    hint: 'PAGER联系人必须有号码；要移除或替换的联系人必须已登记。',
  },
  LAST_CONTACT: { sentence: '紧急状态期间至少要保留一位技术联系人。', hint: '请在同一次更新中替换。' },
  CONTACT_NOT_QUALIFIED: {
    sentence: '技术联系人必须掌握英文，并熟悉软件和环境。',
    hint: '请再指定一位具备所缺条件的联系人。',
  },
  ACTION_NOT_FOUND: { sentence: '没有这项对技术联系人的未结请求。', hint: '请查看案例的联系人请求。' },

  DISSATISFACTION_REQUIRED: {
    sentence: 'M2用于客户对目前的响应不满意的情况。',
    hint: '请在`dissatisfaction`中说明不满意之处。',
  },
  ALREADY_M2: { sentence: '案例已由二级管理层处理。', hint: '没有更高的级别，请直接要求联系经理。' },
  INVALID_ESCALATION: {
    sentence: '级别依次为NORMAL、M1、M2，每次升一级。',
    hint: '请要求下一级，或不发送`level`。',
  },
  NOT_ESCALATED: { sentence: '案例没有升级。', hint: '请先升级。' },
  ALREADY_ACCEPTED: { sentence: '升级已有人接手。', hint: NOTHING },
  STALE_ASSIGNMENT: { sentence: '已有其他人接手。', hint: '无需任何操作，除非对方请您帮忙。' },
  OTHER_MANAGER_REQUIRED: { sentence: '这须由另一位经理接手。', hint: '将请下一位经理，无需任何操作。' },
  NOT_ESCALATION_OWNER: {
    sentence: '只有负责此级别的经理可以这样做。',
    hint: '请先接手升级，或请负责的经理来做。',
  },
  TEAM_INCOMPLETE: {
    sentence: '工程师、直属经理和二级经理都必须已加入，并在计划中。',
    hint: '请等待指出的人，或将其写入计划。',
  },
  INVALID_SPR_NUMBER: { sentence: '这不是SPR编号。', hint: 'SPR编号的格式如SPR123456。' },
  NO_LINKED_SPR: { sentence: '案例没有关联此SPR。', hint: '请先关联。' },

  PAGE_NOT_FOUND: { sentence: '案例没有此通知。', hint: '请使用收到的通知编号。' },
  ALREADY_ACKNOWLEDGED: { sentence: '您已确认过。', hint: NOTHING },
  NOTHING_ASKED: { sentence: '没有需要答复的事项。', hint: NOTHING },
  NO_HAND_OVER: { sentence: '没有待接受的交接。', hint: '须由交班的工程师先填写。' },
  NOT_HAND_OVER_TARGET: { sentence: '交接的对象是其他人。', hint: '只有被请的人可以接受。' },
};
