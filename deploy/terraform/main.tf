# The same roles by Terraform, with the credentials of the management account. The templates stay the only place that
# says what the roles may do.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "runner_arn" {
  description = "Who runs the sync: the ARN of a role or user that exists"
  type        = string
}

variable "member_external_id" {
  description = "The spec's member_external_id; empty for none"
  type        = string
  default     = ""
  sensitive   = true
}

variable "organizational_unit_ids" {
  description = "Where member accounts get the role: the root (r-…) for the whole organization"
  type        = list(string)
}

resource "aws_cloudformation_stack" "organization_role" {
  name          = "aws-encryption-organization-role"
  template_body = file("${path.module}/../cloudformation/organization-role.yml")
  capabilities  = ["CAPABILITY_NAMED_IAM"]

  parameters = {
    TrustedPrincipalArn = var.runner_arn
  }
}

resource "aws_cloudformation_stack_set" "member_role" {
  name             = "aws-encryption-member-role"
  template_body    = file("${path.module}/../cloudformation/member-role.yml")
  capabilities     = ["CAPABILITY_NAMED_IAM"]
  permission_model = "SERVICE_MANAGED"

  parameters = {
    TrustedPrincipalArn = aws_cloudformation_stack.organization_role.outputs["RoleArn"]
    ExternalId          = var.member_external_id
  }

  # Accounts that join the organization get the role by themselves.
  auto_deployment {
    enabled                          = true
    retain_stacks_on_account_removal = false
  }

  lifecycle {
    ignore_changes = [administration_role_arn]
  }
}

# IAM is global: one region is enough.
resource "aws_cloudformation_stack_set_instance" "member_role" {
  stack_set_name = aws_cloudformation_stack_set.member_role.name

  deployment_targets {
    organizational_unit_ids = var.organizational_unit_ids
  }
}

output "admin_role_arn" {
  description = "For the spec's admin_account.role_arn"
  value       = aws_cloudformation_stack.organization_role.outputs["RoleArn"]
}
