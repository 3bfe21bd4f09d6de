#include "protocol/schema/evaluation.hpp"

#include <algorithm>
#include <utility>

namespace schema {
namespace {

using Json = nlohmann::json;

std::string pointer(const Way* way) {
  std::string text;
  for (; way->before != nullptr; way = way->before) {
    std::string token;
    if (way->token == nullptr) {
      token = std::to_string(way->number);
    } else {
      for (const char c : *way->token) {
        if (c == '~') {
          token.append("~0");
        } else if (c == '/') {
          token.append("~1");
        } else {
          token.push_back(c);
        }
      }
    }
    text.insert(0, "/" + token);
  }
  return text;
}

}  // namespace

const Json* member(const Json& schema, const char* key) {
  const auto found = schema.find(key);
  return found == schema.end() ? nullptr : &*found;
}

Verdict Evaluation::run(const Json& instance) {
  Seen seen;
  const Way start;
  apply(index_.root(), instance, index_.root_resource(), start, start, seen);
  return std::move(verdict_);
}

bool Evaluation::fail(const Site& site, std::string_view key, std::string message) {
  if (quiet_ == 0 && verdict_.problems.size() < kProblemsMax) {
    const Way keyword{.before = &site.keyword, .token = &key};
    verdict_.problems.push_back({.instance = pointer(&site.where),
                                 .keyword = pointer(&keyword),
                                 .message = std::move(message)});
  }
  return false;
}

void Evaluation::not_checked(const std::string& sentence) {
  ++doubts_;
  std::vector<std::string>& told = verdict_.not_checked;
  if (told.size() < kProblemsMax && std::ranges::find(told, sentence) == told.end())
    told.push_back(sentence);
}

bool Evaluation::matches(const std::string& pattern, const std::string& text, bool& judged) {
  const Pattern* const compiled = index_.pattern(pattern);
  judged = compiled != nullptr && compiled->problem().empty();
  if (judged) return compiled->found_in(text);
  not_checked("The pattern \"" + pattern + "\" cannot be run here" +
              (compiled == nullptr ? "." : ": " + compiled->problem() + "."));
  return true;
}

bool Evaluation::apply(const Json& schema, const Json& instance, const Resource* resource,
                       const Way& where, const Way& keyword, Seen& seen) {
  if (stopped_) return true;
  if (++steps_ > kStepsMax || depth_ > kDepthMax) {
    stopped_ = true;
    not_checked(depth_ > kDepthMax ? "The schema applies to itself too deeply to be followed."
                                   : "The schema takes too many steps to be followed.");
    return true;
  }
  if (schema.is_boolean()) {
    if (schema == true) return true;
    if (quiet_ == 0 && verdict_.problems.size() < kProblemsMax)
      verdict_.problems.push_back({pointer(&where), pointer(&keyword), "nothing is allowed here"});
    return false;
  }
  if (!schema.is_object()) {
    not_checked("Something that is no schema stands at " + pointer(&keyword) + ".");
    return true;
  }
  resource = index_.resource_of(schema, resource);
  const bool enters = scope_.empty() || scope_.back() != resource;
  if (enters) scope_.push_back(resource);
  ++depth_;
  Seen mine;
  const bool holds = apply_object({schema, instance, resource, where, keyword, mine});
  --depth_;
  if (enters) scope_.pop_back();
  if (holds && index_.unevaluated()) seen.insert(seen.end(), mine.begin(), mine.end());
  return holds;
}

bool Evaluation::apply_object(const Site& site) {
  bool holds = references(site);
  if (site.resource->dialect.lone_ref && site.schema.contains("$ref")) return holds;
  // All of them, also after a failure: every complaint belongs into one answer.
  holds = in_place(site) && holds;
  if (!holds && quiet_ > 0) return false;
  if (site.resource->dialect.validation) holds = assertions(site) && holds;
  if (site.instance.is_object()) holds = members(site) && holds;
  if (site.instance.is_array()) holds = items(site) && holds;
  return holds;
}

bool Evaluation::apply_here(const Site& site, const Json& schema, const Way& keyword, Seen& seen) {
  return apply(schema, site.instance, site.resource, site.where, keyword, seen);
}

bool Evaluation::apply_child(const Site& site, const Json& schema, const Json& child,
                             const Way& where, std::string_view key) {
  const Way keyword{.before = &site.keyword, .token = &key};
  Seen unused;
  return apply(schema, child, site.resource, where, keyword, unused);
}

bool Evaluation::quietly(const Site& site, const Json& schema, const Way& keyword, Seen& seen,
                         bool& unsure) {
  const std::size_t doubts = doubts_;
  ++quiet_;
  const bool holds = apply_here(site, schema, keyword, seen);
  --quiet_;
  unsure = unsure || doubts_ != doubts;
  return holds;
}

bool Evaluation::references(const Site& site) {
  bool holds = true;
  if (const Json* const ref = member(site.schema, "$ref"); ref != nullptr && ref->is_string())
    holds = follow(site, "$ref", index_.find(ref->get_ref<const std::string&>(), site.resource));
  if (const Json* const ref = member(site.schema, "$dynamicRef");
      ref != nullptr && ref->is_string()) {
    const Target target = dynamic_target(ref->get_ref<const std::string&>(), site);
    holds = follow(site, "$dynamicRef", target) && holds;
  }
  return holds;
}

Target Evaluation::dynamic_target(const std::string& reference, const Site& site) const {
  const Target first = index_.find(reference, site.resource);
  if (first.schema == nullptr || !first.resource->dynamic_anchors.contains(first.anchor))
    return first;
  for (const Resource* outer : scope_) {
    const auto found = outer->dynamic_anchors.find(first.anchor);
    if (found != outer->dynamic_anchors.end())
      return {.schema = found->second, .resource = outer, .anchor = first.anchor};
  }
  return first;
}

bool Evaluation::follow(const Site& site, const char* key, const Target& target) {
  const std::string_view token = key;
  if (target.schema == nullptr) {
    not_checked("The reference " + site.schema[key].get<std::string>() +
                " leads nowhere in the schema, and nothing is fetched.");
    return true;
  }
  const Way keyword{.before = &site.keyword, .token = &token};
  return apply(*target.schema, site.instance, target.resource, site.where, keyword, site.seen);
}

bool Evaluation::in_place(const Site& site) {
  bool holds = all_of(site);
  holds = some_of(site, "anyOf", false) && holds;
  holds = some_of(site, "oneOf", true) && holds;
  holds = negation(site) && holds;
  return condition(site) && holds;
}

bool Evaluation::all_of(const Site& site) {
  const Json* const list = member(site.schema, "allOf");
  if (list == nullptr || !list->is_array()) return true;
  const std::string_view token = "allOf";
  const Way outer{.before = &site.keyword, .token = &token};
  bool holds = true;
  for (std::size_t i = 0; i < list->size(); ++i)
    holds = apply_here(site, (*list)[i], {.before = &outer, .number = i}, site.seen) && holds;
  return holds;
}

bool Evaluation::some_of(const Site& site, const char* key, bool exactly_one) {
  const Json* const list = member(site.schema, key);
  if (list == nullptr || !list->is_array() || list->empty()) return true;
  const std::string_view token = key;
  const Way outer{.before = &site.keyword, .token = &token};
  std::size_t matching = 0;
  bool unsure = false;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (quietly(site, (*list)[i], {.before = &outer, .number = i}, site.seen, unsure)) ++matching;
  }
  if (unsure || (exactly_one ? matching == 1 : matching > 0)) return true;
  if (matching == 0)
    return fail(site, key, "fits none of the " + std::to_string(list->size()) + " alternatives");
  return fail(site, key,
              "fits " + std::to_string(matching) + " of the alternatives, where one is allowed");
}

bool Evaluation::negation(const Site& site) {
  const Json* const schema = member(site.schema, "not");
  if (schema == nullptr) return true;
  const std::string_view token = "not";
  bool unsure = false;
  Seen unused;
  const bool fits =
      quietly(site, *schema, {.before = &site.keyword, .token = &token}, unused, unsure);
  return unsure || !fits || fail(site, "not", "fits what is excluded");
}

bool Evaluation::condition(const Site& site) {
  const Json* const schema = member(site.schema, "if");
  if (schema == nullptr) return true;
  const std::string_view token = "if";
  bool unsure = false;
  const bool fits =
      quietly(site, *schema, {.before = &site.keyword, .token = &token}, site.seen, unsure);
  if (unsure) return true;
  const char* const branch = fits ? "then" : "else";
  const Json* const next = member(site.schema, branch);
  if (next == nullptr) return true;
  const std::string_view branch_token = branch;
  return apply_here(site, *next, {.before = &site.keyword, .token = &branch_token}, site.seen);
}

Schema::Schema(Json schema, Documents others)
    : index_(std::make_unique<const Index>(std::move(schema), std::move(others))) {}
Schema::~Schema() = default;
Schema::Schema(Schema&&) noexcept = default;
Schema& Schema::operator=(Schema&&) noexcept = default;

Verdict Schema::check(const Json& instance) const {
  return Evaluation(*index_).run(instance);
}

Verdict check_schema(const Json& schema) {
  static const Schema meta(Json{{"$ref", "https://json-schema.org/draft/2020-12/schema"}});
  return meta.check(schema);
}

}  // namespace schema
