#include "protocol/schema/index.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "protocol/schema/metaschema.hpp"
#include "protocol/schema/uri.hpp"

namespace schema {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kHome = "adjutant:///schema";  // What has no URI of its own.
constexpr std::size_t kWalkMax = 200;                     // Schemas inside each other.

constexpr std::array<const char*, 12> kOne{"additionalItems",
                                           "additionalProperties",
                                           "contains",
                                           "contentSchema",
                                           "else",
                                           "if",
                                           "items",
                                           "not",
                                           "propertyNames",
                                           "then",
                                           "unevaluatedItems",
                                           "unevaluatedProperties"};
constexpr std::array<const char*, 5> kLists{"allOf", "anyOf", "items", "oneOf", "prefixItems"};
constexpr std::array<const char*, 6> kMaps{
    "$defs", "definitions", "dependencies", "dependentSchemas", "patternProperties", "properties"};

const std::string* text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1')) {
      out.push_back(token[++i] == '0' ? '~' : '/');
    } else {
      out.push_back(token[i]);
    }
  }
  return out;
}

const Json* child_of(const Json& node, const std::string& token) {
  if (node.is_object()) {
    const auto found = node.find(token);
    return found == node.end() ? nullptr : &*found;
  }
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(token.data(), token.data() + token.size(), number);
  const bool whole = problem == std::errc() && end == token.data() + token.size();
  return node.is_array() && whole && number < node.size() ? &node[number] : nullptr;
}

}  // namespace

Index::Index(Json schema, Documents others) : documents_(std::move(others)) {
  const std::string home(kHome);
  documents_.insert_or_assign(home, std::move(schema));
  for (const auto& [uri, document] : documents_) add(uri, document);
  if (needs_metaschema_) {
    for (const auto& [uri, document] : metaschema()) {
      const auto [entry, fresh] = documents_.emplace(uri, document);
      if (fresh) add(uri, entry->second);
    }
  }
  root_ = &documents_.at(home);
  root_resource_ = resource_of(*root_, resources_.at(home).get());
}

void Index::add(const std::string& uri, const Json& document) {
  walk(document, open(uri, document, {}), 0);
}

Resource* Index::open(const std::string& uri, const Json& node, const Dialect& dialect) {
  auto& resource = resources_[uri];  // Of two with one URI the first counts.
  if (resource == nullptr)
    resource = std::make_unique<Resource>(Resource{.uri = uri, .root = &node, .dialect = dialect});
  return resource.get();
}

Dialect Index::dialect_of(const Json& node, const Dialect& outer) const {
  const std::string* const named = text_at(node, "$schema");
  if (named == nullptr) return outer;
  if (named->find("json-schema.org/draft/2020-12") != std::string::npos) return {};
  if (named->find("json-schema.org/draft/2019-09") != std::string::npos)
    return {.list_items = true};
  if (named->find("json-schema.org/draft-0") != std::string::npos)
    return {.list_items = true, .lone_ref = true};
  const auto found = documents_.find(split_fragment(*named).first);
  if (found == documents_.end() || !found->second.is_object()) return outer;
  const auto vocabulary = found->second.find("$vocabulary");
  if (vocabulary == found->second.end() || !vocabulary->is_object()) return outer;
  return {.validation =
              vocabulary->contains("https://json-schema.org/draft/2020-12/vocab/validation")};
}

Resource* Index::enter(const Json& node, Resource* resource) {
  const Dialect dialect = dialect_of(node, resource->dialect);
  if (resource->root == &node) resource->dialect = dialect;
  const std::string* const id = text_at(node, "$id");
  if (id == nullptr || (dialect.lone_ref && node.contains("$ref"))) return resource;
  if (id->starts_with('#')) {  // How anchors were written before 2019-09.
    resource->anchors.emplace(id->substr(1), &node);
    return resource;
  }
  Resource* const inner =
      open(split_fragment(resolve_uri(resource->uri, *id)).first, node, dialect);
  starts_.emplace(&node, inner);
  return inner;
}

void Index::name(const Json& node, Resource* resource) {
  if (const std::string* const anchor = text_at(node, "$anchor"))
    resource->anchors.emplace(*anchor, &node);
  if (const std::string* const anchor = text_at(node, "$dynamicAnchor")) {
    resource->anchors.emplace(*anchor, &node);
    resource->dynamic_anchors.emplace(*anchor, &node);
  }
  for (const char* key : {"$ref", "$dynamicRef"}) {
    const std::string* const ref = text_at(node, key);
    if (ref != nullptr && ref->find("json-schema.org/draft/2020-12/") != std::string::npos)
      needs_metaschema_ = true;
  }
}

void Index::compile(const Json& node) {
  if (const std::string* const pattern = text_at(node, "pattern"))
    patterns_.try_emplace(*pattern, *pattern);
  const auto properties = node.find("patternProperties");
  if (properties == node.end() || !properties->is_object()) return;
  for (const auto& [pattern, unused] : properties->items()) patterns_.try_emplace(pattern, pattern);
}

void Index::walk(const Json& node, Resource* resource, std::size_t depth) {
  if (!node.is_object() || depth > kWalkMax) return;
  resource = enter(node, resource);
  name(node, resource);
  compile(node);
  if (node.contains("unevaluatedItems") || node.contains("unevaluatedProperties"))
    unevaluated_ = true;
  for (const char* key : kOne) {
    if (const auto found = node.find(key); found != node.end()) walk(*found, resource, depth + 1);
  }
  for (const char* key : kLists) {
    const auto found = node.find(key);
    if (found == node.end() || !found->is_array()) continue;
    for (const Json& each : *found) walk(each, resource, depth + 1);
  }
  for (const char* key : kMaps) {
    const auto found = node.find(key);
    if (found == node.end() || !found->is_object()) continue;
    for (const Json& each : *found) walk(each, resource, depth + 1);
  }
}

const Resource* Index::resource_of(const Json& node, const Resource* outer) const {
  const auto found = starts_.find(&node);
  return found == starts_.end() ? outer : found->second;
}

Target Index::find(std::string_view reference, const Resource* from) const {
  const auto [uri, fragment] = split_fragment(resolve_uri(from->uri, reference));
  const auto found = resources_.find(uri);
  if (found == resources_.end()) return {};
  const Resource* resource = resource_of(*found->second->root, found->second.get());
  const Json* node = resource->root;
  if (!fragment.empty() && fragment.front() != '/') {
    const auto anchor = resource->anchors.find(fragment);
    if (anchor == resource->anchors.end()) return {};
    return {.schema = anchor->second, .resource = resource, .anchor = fragment};
  }
  for (std::size_t at = 0; at < fragment.size();) {
    const std::size_t end = std::min(fragment.find('/', at + 1), fragment.size());
    node = child_of(*node, unescaped(std::string_view(fragment).substr(at + 1, end - at - 1)));
    if (node == nullptr) return {};
    resource = resource_of(*node, resource);
    at = end;
  }
  return {.schema = node, .resource = resource};
}

const Pattern* Index::pattern(const std::string& text) const {
  const auto found = patterns_.find(text);
  return found == patterns_.end() ? nullptr : &found->second;
}

}  // namespace schema
