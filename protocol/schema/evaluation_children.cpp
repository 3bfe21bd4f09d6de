// The keywords that apply schemas to the members of an object and the items of an array.
#include <algorithm>
#include <string>

#include "protocol/schema/evaluation.hpp"

namespace schema {
namespace {

using Json = nlohmann::json;

std::size_t count_at(const Json& schema, const char* key, std::size_t otherwise) {
  const Json* const number = member(schema, key);
  if (number == nullptr || !number->is_number() || number->get<double>() < 0) return otherwise;
  return number->get<double>() > 1e15 ? otherwise : number->get<std::size_t>();
}

bool holds(const std::vector<const Json*>& seen, const Json& child) {
  return std::ranges::find(seen, &child) != seen.end();
}

}  // namespace

bool Evaluation::members(const Site& site) {
  Seen judged;
  bool good = properties(site, judged);
  good = pattern_properties(site, judged) && good;
  good = rest_of_members(site, "additionalProperties", judged) && good;
  good = property_names(site) && good;
  good = dependencies(site) && good;
  if (index_.unevaluated()) {
    site.seen.insert(site.seen.end(), judged.begin(), judged.end());
    if (site.schema.contains("additionalProperties")) {
      for (const Json& child : site.instance) site.seen.push_back(&child);
    }
    good = rest_of_members(site, "unevaluatedProperties", site.seen) && good;
    if (site.schema.contains("unevaluatedProperties")) {
      for (const Json& child : site.instance) site.seen.push_back(&child);
    }
  }
  return good;
}

bool Evaluation::properties(const Site& site, Seen& judged) {
  const Json* const schemas = member(site.schema, "properties");
  if (schemas == nullptr || !schemas->is_object()) return true;
  const std::string_view token = "properties";
  const Way keyword{.before = &site.keyword, .token = &token};
  bool good = true;
  for (const auto& [name, schema] : schemas->items()) {
    const auto child = site.instance.find(name);
    if (child == site.instance.end()) continue;
    judged.push_back(&*child);
    const std::string_view key = name;
    Seen unused;
    good = apply(schema, *child, site.resource, {.before = &site.where, .token = &key},
                 {.before = &keyword, .token = &key}, unused) &&
           good;
  }
  return good;
}

bool Evaluation::pattern_properties(const Site& site, Seen& judged) {
  const Json* const schemas = member(site.schema, "patternProperties");
  if (schemas == nullptr || !schemas->is_object()) return true;
  const std::string_view token = "patternProperties";
  const Way outer{.before = &site.keyword, .token = &token};
  bool good = true;
  for (const auto& [pattern, schema] : schemas->items()) {
    const std::string_view pattern_token = pattern;
    for (const auto& [name, child] : site.instance.items()) {
      bool could_judge = true;
      if (!matches(pattern, name, could_judge)) continue;
      judged.push_back(&child);  // Where it is not known, none of the others may complain either.
      if (!could_judge) continue;
      const std::string_view key = name;
      Seen unused;
      good = apply(schema, child, site.resource, {.before = &site.where, .token = &key},
                   {.before = &outer, .token = &pattern_token}, unused) &&
             good;
    }
  }
  return good;
}

bool Evaluation::rest_of_members(const Site& site, const char* key, const Seen& judged) {
  const Json* const schema = member(site.schema, key);
  if (schema == nullptr) return true;
  bool good = true;
  for (const auto& [name, child] : site.instance.items()) {
    if (holds(judged, child)) continue;
    const std::string_view token = name;
    if (*schema == false) {
      good = fail(site, key, "\"" + name + "\" is not known");
      continue;
    }
    good = apply_child(site, *schema, child, {.before = &site.where, .token = &token}, key) && good;
  }
  return good;
}

bool Evaluation::property_names(const Site& site) {
  const Json* const schema = member(site.schema, "propertyNames");
  if (schema == nullptr) return true;
  bool good = true;
  for (const auto& [name, child] : site.instance.items()) {
    const std::string_view token = name;
    const Json text = name;
    good = apply_child(site, *schema, text, {.before = &site.where, .token = &token},
                       "propertyNames") &&
           good;
  }
  return good;
}

bool Evaluation::dependencies(const Site& site) {
  bool good = true;
  for (const char* key : {"dependentSchemas", "dependencies", "dependentRequired"}) {
    const Json* const all = member(site.schema, key);
    if (all == nullptr || !all->is_object()) continue;
    const std::string_view token = key;
    const Way outer{.before = &site.keyword, .token = &token};
    for (const auto& [name, needed] : all->items()) {
      if (!site.instance.contains(name)) continue;
      const std::string_view key_token = name;
      if (!needed.is_array()) {
        good = apply_here(site, needed, {.before = &outer, .token = &key_token}, site.seen) && good;
        continue;
      }
      if (!site.resource->dialect.validation) continue;
      for (const Json& each : needed) {
        if (each.is_string() && !site.instance.contains(each.get_ref<const std::string&>()))
          good =
              fail(site, key,
                   "\"" + each.get<std::string>() + "\" is missing, which \"" + name + "\" needs");
      }
    }
  }
  return good;
}

bool Evaluation::items(const Site& site) {
  const bool list_form = site.resource->dialect.list_items && site.schema.contains("items") &&
                         site.schema["items"].is_array();
  const char* const prefix_key = list_form ? "items" : "prefixItems";
  const Json* const prefix = member(site.schema, prefix_key);
  std::size_t judged = 0;
  bool good = true;
  if (prefix != nullptr && prefix->is_array()) {
    judged = std::min(prefix->size(), site.instance.size());
    const std::string_view token = prefix_key;
    const Way outer{.before = &site.keyword, .token = &token};
    for (std::size_t i = 0; i < judged; ++i) {
      Seen unused;
      good = apply((*prefix)[i], site.instance[i], site.resource,
                   {.before = &site.where, .number = i}, {.before = &outer, .number = i}, unused) &&
             good;
    }
  }
  const char* const rest_key = list_form ? "additionalItems" : "items";
  good = rest_of_items(site, rest_key, judged) && good;
  if (site.schema.contains(rest_key)) judged = site.instance.size();
  if (index_.unevaluated()) {
    for (std::size_t i = 0; i < judged; ++i) site.seen.push_back(&site.instance[i]);
  }
  good = contains(site) && good;
  if (const Json* const rest = member(site.schema, "unevaluatedItems")) {
    for (std::size_t i = 0; i < site.instance.size(); ++i) {
      if (holds(site.seen, site.instance[i])) continue;
      good = apply_child(site, *rest, site.instance[i], {.before = &site.where, .number = i},
                         "unevaluatedItems") &&
             good;
    }
    for (const Json& child : site.instance) site.seen.push_back(&child);
  }
  return good;
}

bool Evaluation::rest_of_items(const Site& site, const char* key, std::size_t from) {
  const Json* const schema = member(site.schema, key);
  if (schema == nullptr) return true;
  bool good = true;
  for (std::size_t i = from; i < site.instance.size(); ++i)
    good =
        apply_child(site, *schema, site.instance[i], {.before = &site.where, .number = i}, key) &&
        good;
  return good;
}

bool Evaluation::contains(const Site& site) {
  const Json* const schema = member(site.schema, "contains");
  if (schema == nullptr) return true;
  const std::size_t least = count_at(site.schema, "minContains", 1);
  const std::size_t most = count_at(site.schema, "maxContains", site.instance.size());
  const std::size_t doubts = doubts_;
  std::size_t found = 0;
  ++quiet_;
  for (std::size_t i = 0; i < site.instance.size(); ++i) {
    const Json& item = site.instance[i];
    if (!apply_child(site, *schema, item, {.before = &site.where, .number = i}, "contains"))
      continue;
    ++found;
    if (index_.unevaluated()) site.seen.push_back(&item);
  }
  --quiet_;
  if (doubts_ != doubts) return true;
  if (found < least)
    return fail(site, "contains",
                "has " + std::to_string(found) + " of the items that it must contain, " +
                    std::to_string(least) + " needed");
  return found <= most || fail(site, "maxContains",
                               "has " + std::to_string(found) + " of those items, at most " +
                                   std::to_string(most) + " allowed");
}

}  // namespace schema
