#include "host/tools/gate.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "host/trust/seal.hpp"
#include "schemas/common/when.hpp"

namespace host {

using Json = nlohmann::json;

namespace {

constexpr std::size_t kIdsMax = 500;
constexpr const char* kAgent = "adjutant";
constexpr const char* kUser = "user";

/// What the arguments name by id; never their content.
std::vector<std::string> ids_in(const Json& arguments) {
  static constexpr std::array<const char*, 4> kNames{"id", "ids", "reply_to", "change_id"};
  std::vector<std::string> ids;
  const auto add = [&](const Json& value) {
    if (value.is_string() && ids.size() < kIdsMax) ids.push_back(value.get<std::string>());
  };
  for (const char* name : kNames) {
    if (!arguments.contains(name)) continue;
    const Json& value = arguments[name];
    if (value.is_array()) {
      std::for_each(value.begin(), value.end(), add);
    } else {
      add(value);
    }
  }
  return ids;
}

Json parse_arguments(const std::string& text) {
  Json arguments = Json::parse(text.empty() ? "{}" : text, nullptr, false);
  if (!arguments.is_object())
    throw std::runtime_error("the arguments are no JSON object: " + text.substr(0, 200));
  return arguments;
}

std::string digest(const Json& json) {
  return sha256(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Words of time in a call that may wait become the instant that they mean now, so that a card runs
/// what it shows. Of the tools that ask, one takes a time.
void resolve_times(const CallRequest& request, Json& arguments, const common::Times& times) {
  if (request.server != "email" || request.tool != "send_drafts") return;
  const auto words = arguments.find("send_at");
  if (words == arguments.end() || !words->is_string()) return;
  common::When when;
  if (common::parse(words->get<std::string>(), when)) return;  // The server says what is wrong.
  *words = common::to_string(times.point(when, {.pointer = "/send_at"}));
}

/// What a dry run's answer says of the call itself: when a draft would leave moves with the clock.
std::string digest_of_preview(const std::string& structured) {
  Json answer = Json::parse(structured, nullptr, false);
  if (answer.is_object() && answer.contains("drafts") && answer["drafts"].is_array()) {
    for (Json& draft : answer["drafts"]) {
      if (draft.is_object()) draft.erase("leaves");
    }
  }
  return digest(answer);
}

std::string not_waiting(const Card& card) {
  return "card " + std::to_string(card.id) + " does not wait any more: it is " +
         std::string(name_of(card.state));
}

bool has_dry_run(const ToolInfo& tool) {
  const Json schema = Json::parse(tool.input_schema, nullptr, false);
  return schema.is_object() && schema.contains("properties") &&
         schema["properties"].contains("dry_run");
}

}  // namespace

struct Gate::Judged {
  CallRequest request{};
  Json arguments{};
  std::optional<ActionClass> action_class{};  ///< Nothing: there is no such tool.
  std::string sha256{};
  std::vector<std::string> ids{};
};

namespace {

/// A stranger's tool asks, unless the configuration names it; its own word that it only reads
/// counts only if the user trusts its annotations; its word that it destroys always counts.
std::optional<ActionClass> class_of_stranger(const ServerSpec& spec, const ToolInfo* tool) {
  if (tool == nullptr) return std::nullopt;
  if (tool->destructive) return ActionClass::Stranger;
  const bool allowed =
      std::find(spec.allow.begin(), spec.allow.end(), tool->name) != spec.allow.end();
  if (tool->read_only && (allowed || spec.trust_annotations)) return ActionClass::Read;
  return allowed ? ActionClass::Allowed : ActionClass::Stranger;
}

const ToolInfo* find_tool(const std::vector<ToolInfo>& tools, const std::string& name) {
  const auto found = std::find_if(tools.begin(), tools.end(),
                                  [&](const ToolInfo& tool) { return tool.name == name; });
  return found == tools.end() ? nullptr : &*found;
}

}  // namespace

Gate::Judged Gate::judge(const CallRequest& request) const {
  Judged judged{.request = request, .arguments = parse_arguments(request.arguments)};
  const ServerSpec* spec = parts_.toolbox.find(request.server);
  if (spec == nullptr)
    throw std::runtime_error("no server " + request.server + "; `adjutant tools` lists them");
  if (spec->own) {
    resolve_times(request, judged.arguments, parts_.times);
    judged.action_class = class_of(request.server, request.tool, judged.arguments);
  } else {
    const std::vector<ToolInfo> tools = parts_.toolbox.tools(request.server);
    judged.action_class = class_of_stranger(*spec, find_tool(tools, request.tool));
  }
  judged.sha256 = digest(judged.arguments);
  judged.ids = ids_in(judged.arguments);
  return judged;
}

void Gate::record(const Judged& judged, const Decision& decision, std::string phase) {
  parts_.audit.append(
      {.actor = decision.actor,
       .server = judged.request.server,
       .tool = judged.request.tool,
       .action_class = std::string(judged.action_class ? name_of(*judged.action_class) : "unknown"),
       .decision = std::string(name_of(decision.ruling.level)),
       .rule = decision.ruling.rule,
       .args_sha256 = judged.sha256,
       .ids = judged.ids,
       .card = decision.card,
       .phase = std::move(phase)});
}

CallResult Gate::run(const Judged& judged, const Decision& decision) {
  record(judged, decision, "decided");
  CallResult result =
      parts_.toolbox.call(judged.request.server, judged.request.tool, judged.arguments);
  record(judged, decision, result.failed ? "failed" : "done");
  return result;
}

Outcome Gate::deny(const Judged& judged, const Decision& decision) {
  record(judged, decision, "decided");
  return {.ruling = decision.ruling,
          .action_class = judged.action_class.value_or(ActionClass::Stranger),
          .problem = judged.request.server + " " + judged.request.tool +
                     " is denied: " + decision.ruling.rule};
}

Outcome Gate::carry_out(const Judged& judged, const Decision& decision) {
  return {.ruling = decision.ruling,
          .action_class = *judged.action_class,
          .result = run(judged, decision)};
}

CallResult Gate::read(const CallRequest& request) {
  const Judged judged = judge(request);
  if (judged.action_class != ActionClass::Read) {
    const Outcome denied =
        deny(judged, {.actor = kAgent, .ruling = {.level = Level::Deny, .rule = "no read"}});
    return {.failed = true, .text = denied.problem};
  }
  return run(judged, {.actor = kAgent, .ruling = {.level = Level::Act, .rule = "observe"}});
}

std::optional<CallResult> Gate::dry_run(const Judged& judged, const std::string& actor) {
  const std::vector<ToolInfo> tools = parts_.toolbox.tools(judged.request.server);
  const ToolInfo* tool = find_tool(tools, judged.request.tool);
  const bool own = parts_.toolbox.find(judged.request.server)->own;
  if (!own || tool == nullptr || !has_dry_run(*tool)) return std::nullopt;
  Judged dry = judged;
  dry.arguments["dry_run"] = true;
  dry.action_class = ActionClass::Read;
  dry.sha256 = digest(dry.arguments);
  return run(dry, {.actor = actor, .ruling = {.level = Level::Act, .rule = "dry run for a card"}});
}

std::optional<Card> Gate::frozen(const Judged& judged, const std::string& actor, Outcome& outcome) {
  Card card{.actor = actor,
            .server = judged.request.server,
            .tool = judged.request.tool,
            .arguments = judged.arguments.dump(),
            .action_class = std::string(name_of(*judged.action_class))};
  const std::optional<CallResult> shown = dry_run(judged, actor);
  if (shown && shown->failed) {
    outcome.problem = shown->text;
    return std::nullopt;
  }
  if (shown) {
    card.preview = shown->text;
    card.preview_sha256 = digest_of_preview(shown->structured);
  }
  return card;
}

Outcome Gate::queue(const Judged& judged, const Card& card, Decision decision) {
  decision.card = parts_.cards.add(card);
  record(judged, decision, "decided");
  return {.ruling = decision.ruling, .action_class = *judged.action_class, .card = decision.card};
}

Outcome Gate::propose(const Proposal& proposal) {
  const Judged judged = judge(proposal.call);
  Decision decision{.actor = kAgent};
  if (!judged.action_class) {
    decision.ruling = {.level = Level::Deny, .rule = "there is no such tool"};
    return deny(judged, decision);
  }
  decision.ruling =
      parts_.levels.rule(*judged.action_class, parts_.lessons.standing(proposal.kind));
  if (decision.ruling.level == Level::Deny) return deny(judged, decision);
  if (decision.ruling.level != Level::Ask) return carry_out(judged, decision);

  Outcome outcome{.ruling = decision.ruling, .action_class = *judged.action_class};
  std::optional<Card> card = frozen(judged, kAgent, outcome);
  if (!card) return outcome;
  card->kind = proposal.kind;
  card->title = proposal.title;
  card->reason = proposal.reason;
  return queue(judged, *card, decision);
}

Outcome Gate::typed(const CallRequest& request, const Ask& ask) {
  const Judged judged = judge(request);
  Decision decision{.actor = kUser};
  if (!judged.action_class) {
    decision.ruling = {.level = Level::Deny, .rule = "there is no such tool"};
    return deny(judged, decision);
  }
  decision.ruling = parts_.levels.rule_typed(*judged.action_class);
  if (decision.ruling.level != Level::Ask) return carry_out(judged, decision);

  Outcome outcome{.ruling = decision.ruling, .action_class = *judged.action_class};
  std::optional<Card> card = frozen(judged, kUser, outcome);
  if (!card) return outcome;
  card->title = judged.request.server + " " + judged.request.tool;
  card->reason = "You asked for it on the command line.";
  if (!ask) return queue(judged, *card, decision);
  const bool yes = ask(*card);
  decision.ruling = {.level = yes ? Level::Act : Level::Deny,
                     .rule = yes ? "the user said yes" : "the user said no"};
  return yes ? carry_out(judged, decision) : deny(judged, decision);
}

Outcome Gate::approve(std::int64_t id) {
  const std::optional<Card> card = parts_.cards.find(id);
  const std::string name = "card " + std::to_string(id);
  if (!card) return {.problem = "there is no " + name + "; `adjutant pending` shows what waits"};
  if (card->state != CardState::Waiting) return {.problem = not_waiting(*card)};
  const Judged judged =
      judge({.server = card->server, .tool = card->tool, .arguments = card->arguments});
  if (!judged.action_class) return {.problem = name + " is for a tool that is not there any more"};
  if (!card->preview_sha256.empty()) {
    const std::optional<CallResult> now = dry_run(judged, kUser);
    if (!now || now->failed)
      return {.problem = name + " cannot run now: " + (now ? now->text : "no dry run")};
    if (digest_of_preview(now->structured) != card->preview_sha256)
      return {.problem = name +
                         " would not do what it shows any more, because something changed "
                         "since; reject it, and the next day run proposes anew"};
  }
  if (!parts_.cards.decide(id, CardState::Approved))
    return {.problem = not_waiting(*parts_.cards.find(id))};
  Outcome outcome = carry_out(
      judged,
      {.actor = kUser, .ruling = {.level = Level::Act, .rule = "the user approved"}, .card = id});
  parts_.cards.finish(id, outcome.result->failed ? CardState::Failed : CardState::Done,
                      outcome.result->text, outcome.result->change_id);
  return outcome;
}

Outcome Gate::reject(std::int64_t id) {
  const std::optional<Card> card = parts_.cards.find(id);
  if (!card)
    return {.problem =
                "there is no card " + std::to_string(id) + "; `adjutant pending` shows what waits"};
  if (!parts_.cards.decide(id, CardState::Rejected))
    return {.problem = not_waiting(*parts_.cards.find(id))};
  Judged judged{.request = {.server = card->server, .tool = card->tool},
                .arguments = parse_arguments(card->arguments),
                .action_class = find_action_class(card->action_class)};
  judged.sha256 = digest(judged.arguments);
  judged.ids = ids_in(judged.arguments);
  const Decision decision{
      .actor = kUser, .ruling = {.level = Level::Deny, .rule = "the user rejected"}, .card = id};
  Outcome outcome = deny(judged, decision);
  outcome.problem.clear();
  return outcome;
}

Outcome Gate::undo(const CallRequest& request) {
  const Judged judged = judge(request);
  const Decision decision{.actor = kUser,
                          .ruling = {.level = Level::Act, .rule = "the user typed undo"}};
  if (judged.action_class) return carry_out(judged, decision);
  return deny(judged, {.actor = kUser, .ruling = {.level = Level::Deny, .rule = "no such tool"}});
}

}  // namespace host
