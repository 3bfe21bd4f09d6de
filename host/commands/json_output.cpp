#include "host/commands/json_output.hpp"

#include <iostream>

namespace host {

namespace {

OutputJson parsed(const std::string& text) {
  OutputJson json = OutputJson::parse(text, nullptr, false);
  return json.is_discarded() ? OutputJson(text) : json;
}

/// Members with an empty text are left out.
void put(OutputJson& json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
}

}  // namespace

OutputJson to_json(const Card& card) {
  OutputJson json{{"card", card.id},
                  {"state", name_of(card.state)},
                  {"server", card.server},
                  {"tool", card.tool},
                  {"arguments", parsed(card.arguments)},
                  {"action_class", card.action_class},
                  {"actor", card.actor}};
  put(json, "kind", card.kind);
  put(json, "title", card.title);
  put(json, "reason", card.reason);
  put(json, "preview", card.preview);
  put(json, "created", card.created);
  put(json, "decided", card.decided);
  put(json, "result", card.result);
  put(json, "change_id", card.change_id);
  return json;
}

OutputJson to_json(const Unseen& unseen) {
  return {{"server", unseen.server}, {"problem", unseen.problem}};
}

OutputJson to_json(const Notice& notice) {
  return {{"kind", notice.kind},
          {"key", notice.item.key},
          {"text", notice.text},
          {"urgent", notice.urgent}};
}

OutputJson to_json(const LeftOut& left_out) {
  return {{"kind", left_out.kind}, {"key", left_out.item.key}, {"text", left_out.text}};
}

OutputJson to_json(const Cycle::Step& step) {
  OutputJson keys = OutputJson::array();
  for (const Item& item : step.action.items) keys.push_back(item.key);
  OutputJson json{{"kind", step.action.proposal.kind},
                  {"title", step.action.proposal.title},
                  {"reason", step.action.proposal.reason},
                  {"server", step.action.proposal.call.server},
                  {"tool", step.action.proposal.call.tool},
                  {"arguments", parsed(step.action.proposal.call.arguments)},
                  {"keys", keys},
                  {"decision", name_of(step.outcome.ruling.level)},
                  {"rule", step.outcome.ruling.rule}};
  if (step.outcome.card) json["card"] = *step.outcome.card;
  put(json, "problem", step.outcome.problem);
  if (step.outcome.result) {
    json["failed"] = step.outcome.result->failed;
    put(json, "change_id", step.outcome.result->change_id);
    json["result"] = to_json(*step.outcome.result);
  }
  return json;
}

OutputJson to_json(const CallResult& result) {
  if (result.failed) return {{"error", result.text}};
  return result.structured.empty() ? OutputJson{{"text", result.text}} : parsed(result.structured);
}

void print_json(const OutputJson& json) {
  std::cout << json.dump(2, ' ', false, OutputJson::error_handler_t::replace) << "\n";
}

}  // namespace host
