import { fixesHold } from './fixes-hold.ts';

fixesHold({
  promises: {
    'what is proposed for a bucket unlocks those meant and changes no other answer': {
      rules: 1200,
      oracle: 50,
    },
    'an SCP, RCP or public access block that locks out a bucket is named, and nothing is said to end it': {
      rules: 300,
      oracle: 40,
    },
    'what is proposed for resources of other services, in three partitions, does as well': {
      rules: 2000,
      oracle: 150,
    },
    'what is proposed for an EBS snapshot that a list shares does as well': { rules: 1500, oracle: 80 },
    'what is proposed for an ECR repository, whose key asks no caller, does as well': {
      rules: 1000,
      oracle: 100,
    },
  },
  keys: 500,
});
